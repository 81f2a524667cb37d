import { loadavg } from 'node:os'
import type { Bench, BenchRow } from './bench.ts'
import { measureWaitingMemory } from './intake/measure-waiting-memory.ts'
import { readStreams, startIntake } from './intake/start-intake.ts'
import { committedPerSecond, waitForEvents } from './intake/wait-for-events.ts'

const CHATS = 50
/** What is to be reached; `ratio` is against it. */
const TARGET_PER_SECOND = 15_000

/**
 * Ingest alone, warmed up: how many events a second are accepted and committed, in batches of 500, of streams that hold all of them
 * and over HTTP. And what a million messages that wait to be rendered cost in Redis.
 */
export const intake: Bench = async ({ say, isQuick, options }) => {
  const size = { shops: isQuick ? 30 : 300, chats: CHATS }
  const rounds = isQuick ? 4 : 10
  const isWanted = (key: string) => options.rows?.includes(key) ?? true
  const rows: BenchRow[] = []
  for (const way of ['stream', 'http'] as const)
    if (isWanted(way)) rows.push(await measureIntake({ way, size, rounds, say }))
  if (isWanted('memory')) {
    say('Messages waiting in Redis …')
    rows.push(await measureWaitingMemory(isQuick ? 100_000 : 1_000_000))
  }
  return rows
}

async function measureIntake({
  way,
  size,
  rounds,
  say,
}: {
  way: 'stream' | 'http'
  size: { shops: number; chats: number }
  rounds: number
  say: (line: string) => void
}): Promise<BenchRow> {
  const events = size.shops * size.chats * rounds
  const name = way === 'stream' ? `${events} events of streams` : `${events} events over HTTP, 500 a request`
  say(`${name} …`)
  await using intakeOf = await startIntake(size)
  const { stage, fleet } = intakeOf
  if (way === 'stream') {
    // All of them lie there before the first is read.
    await readStreams(stage, fleet, false)
    await intakeOf.push(fleet, 'b', rounds, way)
  }
  const cpuUs = intakeOf.watchCpu()
  if (way === 'stream') await readStreams(stage, fleet, true)
  else await intakeOf.push(fleet, 'b', rounds, way)
  await waitForEvents(stage, fleet, events)
  const cpu = cpuUs(events)
  const perSecond = await committedPerSecond(stage, fleet)
  return {
    name,
    peer: false,
    messages: events,
    perSecond,
    ratio: perSecond / TARGET_PER_SECOND,
    ...cpu,
    load: loadavg()[0] ?? Number.NaN,
  }
}
