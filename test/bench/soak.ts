import type { Bench, BenchOptions } from './bench.ts'
import { findBrokenPromises } from './pipeline/broken-promises.ts'
import { startProducer } from './pipeline/producer.ts'
import { FORGETFUL } from './pipeline/run-pipeline.ts'
import { waitForCalls } from './pipeline/send-events.ts'
import { startPipeline } from './pipeline/start-pipeline.ts'
import { keepLoaded, rateBetween, type Sample } from './soak/keep-loaded.ts'
import { createMinutes } from './soak/minutes.ts'
import { watchCpu } from './stage/cpu-times.ts'
import { openStage } from './stage/stage.ts'

const MINUTE_MS = 60_000
const WARM_UP_ROUNDS = 2
/** What the first and the last part of a run are, where messages are counted. */
const PART = 100_000

/**
 * The whole pipeline under a load that never ends, with autovacuum and the scheduler as in production: throughput and the size of
 * the tables, minute by minute. `--minutes`: the last five against the first five; `--messages`: the last 100,000 of so
 * many against the first.
 */
export const soak: Bench = async ({ say, isQuick, options }) => {
  await using stage = await openStage({ postgres: { autovacuum: 'on' } })
  await stage.telegram.ask('settings', FORGETFUL)
  const chats = 50
  const fleet = await stage.addShops({ count: isQuick ? 30 : 300, chats, name: 'bench' })
  const pipeline = await startPipeline(stage, { pairs: 1 })
  await using producer = startProducer()
  const shops = fleet.shops.map(({ slug, apiKey }) => ({ slug, apiKey }))
  await stage.telegram.ask('checkOrder')
  const round = (number: number, rounds = 1) => ({
    run: 's',
    shops,
    chats,
    firstRound: number,
    rounds,
    way: { name: 'stream' as const, redisUrl: stage.redisUrl },
  })
  await producer.push(round(1, WARM_UP_ROUNDS))
  await waitForCalls(stage, shops.length * chats * WARM_UP_ROUNDS)

  const minutes = createMinutes(stage.database, say)
  const cpuUs = watchCpu({ producer: producer.pid, ...pipeline.pids, ...stage.pids })
  const isOver = endOf(options, isQuick)
  const { rounds, samples } = await keepLoaded(
    stage,
    producer,
    (number) => round(number + WARM_UP_ROUNDS),
    async (all) => {
      await minutes.note(all)
      return isOver(all)
    },
  )
  const messages = rounds * shops.length * chats
  const cpu = cpuUs(samples.at(-1)?.calls ?? Number.NaN)
  const all = messages + WARM_UP_ROUNDS * shops.length * chats
  await waitForCalls(stage, all)
  const broken = await findBrokenPromises(stage, {
    shops: fleet.shops,
    chats: shops.length * chats,
    messages: all,
    metricsUrl: pipeline.metricsUrl,
  })
  const { name, first, last } = compare(samples, options)
  const headline = {
    name,
    peer: false,
    messages,
    firstPerSecond: first,
    perSecond: last,
    ratio: last / first,
  }
  return [{ ...headline, ...cpu, ...(broken !== '' && { broken }) }, ...minutes.rows]
}

function endOf({ minutes, messages }: BenchOptions, isQuick: boolean): (samples: Sample[]) => boolean {
  const wantedMs = (minutes ?? (isQuick ? 0.5 : 30)) * MINUTE_MS
  return (samples) => {
    const [first, last] = [samples[0], samples.at(-1)]
    if (first === undefined || last === undefined) return false
    return messages === undefined ? last.atMs - first.atMs >= wantedMs : last.calls >= messages + PART
  }
}

/** The rates of the first and the last part of a run. */
function compare(
  samples: Sample[],
  { messages }: BenchOptions,
): { name: string; first: number; last: number } {
  const end = samples.at(-1) ?? { atMs: 0, calls: 0 }
  const begin = samples[0] ?? end
  if (messages !== undefined) {
    return {
      name: `after ${messages} messages`,
      first: rateBetween(
        samples,
        () => true,
        ({ calls }) => calls >= PART,
      ),
      last: rateBetween(
        samples,
        ({ calls }) => calls >= messages,
        () => false,
      ),
    }
  }
  const partMs = Math.min(5 * MINUTE_MS, (end.atMs - begin.atMs) / 3)
  return {
    name: `last ${(partMs / MINUTE_MS).toFixed(1)} minutes against the first`,
    first: rateBetween(
      samples,
      () => true,
      ({ atMs }) => atMs >= begin.atMs + partMs,
    ),
    last: rateBetween(
      samples,
      ({ atMs }) => atMs >= end.atMs - partMs,
      () => false,
    ),
  }
}
