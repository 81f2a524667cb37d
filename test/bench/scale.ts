import type { Bench, BenchRow } from './bench.ts'
import { runPipeline, type PipelineLoad } from './pipeline/run-pipeline.ts'

const LATENCY_MS = 80
/** Of each sender: 16 calls in 80 ms are 200 a second at most, for which it needs a small part of a core. */
const CONNECTIONS = 16

/**
 * Two renderers and two senders against one of each, where each waits for Telegram instead of working: a call takes 80 ms, and a
 * sender has no more than 16 at the same time.
 */
export const scale: Bench = async ({ say, isQuick, options }) => {
  const rows: BenchRow[] = []
  let single: number | undefined
  for (const pairs of [1, 2]) {
    const { perSecond, ...figures } = await runPipeline(loadOf(pairs, isQuick), { say, ...options })
    single ??= perSecond
    rows.push({
      ...figures,
      perSecond,
      // Of one core, each of the processes.
      senderCores: (Number(figures['senderCpuUs']) * perSecond) / 1e6 / pairs,
      rendererCores: (Number(figures['rendererCpuUs']) * perSecond) / 1e6 / pairs,
      ...(pairs > 1 && { ratio: perSecond / single }),
    })
  }
  return rows
}

function loadOf(pairs: number, isQuick: boolean): PipelineLoad {
  return {
    key: `scale-${pairs}`,
    name: `${pairs} + ${pairs} renderers and senders, Telegram at ${LATENCY_MS} ms`,
    shops: isQuick ? 20 : 80,
    chats: 50,
    rounds: 2,
    way: 'stream',
    shape: { pairs, connections: CONNECTIONS },
    latencyMs: LATENCY_MS,
  }
}
