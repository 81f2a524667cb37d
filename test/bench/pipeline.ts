import { measureThreeHops } from './three-hops/measure-three-hops.ts'
import type { Bench, BenchRow } from './bench.ts'
import { runPipeline, type PipelineLoad } from './pipeline/run-pipeline.ts'

/** Of a row; the quotient of the CPU times is the steadier one while others work on the machine. */
type Speed = { perSecond: number; sumCpuUs: number }

/** What is best for the peer is found out in the same run. */
const CONCURRENCIES = [50, 100, 500]

/**
 * The whole way, all processes on this machine: events of many shops pushed by a process of its own, until the emulator has
 * received the last message. Against three empty hops of BullMQ with the same payload, in the same run.
 */
export const pipeline: Bench = async ({ say, isQuick, hasPeers, options }) => {
  const loads = loadsOf(isQuick).filter(({ key }) => options.rows?.includes(key) ?? true)
  const peers: (BenchRow & Speed)[] = []
  for (const concurrency of hasPeers ? CONCURRENCIES : []) {
    say(`Three empty BullMQ hops, ${concurrency} jobs at a time …`)
    peers.push(await measureThreeHops({ events: isQuick ? 6_000 : 60_000, concurrency }))
  }
  const best = peers.toSorted((one, other) => other.perSecond - one.perSecond)[0]
  const rows: BenchRow[] = []
  for (const load of loads) {
    const figures = await runPipeline(load, { say, ...options })
    rows.push({
      ...figures,
      ...(best && { ratio: figures.perSecond / best.perSecond, cpuRatio: best.sumCpuUs / figures.sumCpuUs }),
    })
  }
  return [...rows, ...peers.map((peer) => ({ ...peer, ratio: peer.perSecond / (best?.perSecond ?? 1) }))]
}

function loadsOf(isQuick: boolean): PipelineLoad[] {
  const [shops, many] = isQuick ? [30, 300] : [300, 10_000]
  const shape = { pairs: 1 }
  // Three are what Telegram lets a chat have at once: its pace is not to be what is measured.
  const size = { shops, chats: 67, rounds: 3 }
  const by = (way: string) => `${shops} bots, ${shops * 67 * 3} events ${way}`
  return [
    { key: 'stream', name: by('over the stream'), ...size, way: 'stream', shape },
    {
      key: 'batches',
      name: by('over HTTP, 100 a request'),
      ...size,
      way: { batch: 100, connections: 8 },
      shape,
    },
    {
      key: 'single',
      name: by('over HTTP, one a request'),
      ...size,
      way: { batch: 1, connections: 64 },
      shape,
    },
    {
      key: 'shops',
      name: `${many} shops, ${many * 6} events over the stream`,
      shops: many,
      chats: 3,
      rounds: 2,
      way: 'stream',
      shape,
    },
  ]
}
