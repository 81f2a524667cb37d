import { mkdirSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import type { BenchRow } from '../bench.ts'
import { nowUs, writeMeasured } from '../profile/measured-stretch.ts'
import { watchCpu } from '../stage/cpu-times.ts'
import type { Shops } from '../stage/seed-shops.ts'
import { openStage, type Stage } from '../stage/stage.ts'
import { STATEMENTS_SETTINGS, watchStatements } from '../stage/statements.ts'
import { findBrokenPromises } from './broken-promises.ts'
import { startProducer } from './producer.ts'
import type { Push } from './producer-process.ts'
import { sendEvents } from './send-events.ts'
import { startPipeline, type Pipeline, type PipelineShape } from './start-pipeline.ts'

/** One row: so many shops, so many events to each of their chats, by one way. */
export interface PipelineLoad {
  /** Of files with its profiles. */
  key: string
  name: string
  shops: number
  chats: number
  rounds: number
  way: 'stream' | { batch: number; connections: number }
  shape: PipelineShape
  /** How long each call to Telegram takes. */
  latencyMs?: number
}

export interface PipelineOptions {
  say: (line: string) => void
  /** Whether to tell what Postgres spent its time on. */
  statements: boolean
  /** Folder for CPU profiles of our processes. */
  profiles: string | undefined
}

export type PipelineRow = BenchRow & { name: string; perSecond: number; sumCpuUs: number }

/** Takes whatever comes, and remembers little of it. */
export const FORGETFUL = {
  flood: { enabled: false },
  keptMessages: 10_000,
  keptRequests: 100,
  keptTexts: 0,
}

// Half as many messages as are measured go before: by then Node has compiled what it runs most.
const WARM_UP = { share: 0.5, count: 100, rounds: 3 }

/** Everything is started anew, with other shops to warm up on; from the first push to the last receipt at the emulator. */
export async function runPipeline(
  load: PipelineLoad,
  { say, statements, profiles }: PipelineOptions,
): Promise<PipelineRow> {
  say(`${load.name} …`)
  const { chats, rounds } = load
  const folder = profiles === undefined ? undefined : makeFolder(join(profiles, load.key))
  await using stage = await openStage({
    postgres: statements ? STATEMENTS_SETTINGS : {},
    profiles: folder,
  })
  await stage.telegram.ask('settings', FORGETFUL)
  const messages = load.shops * chats * rounds
  const warmUpChats = Math.ceil((messages * WARM_UP.share) / WARM_UP.count / WARM_UP.rounds)
  const warmUp = await stage.addShops({ count: WARM_UP.count, chats: warmUpChats, name: 'warm-up' })
  const fleet = await stage.addShops({ count: load.shops, chats, name: 'bench' })
  const pipeline = await startPipeline(stage, load.shape)
  await using producer = startProducer()
  const push = (shops: Shops, run: string, times: number) =>
    pushOf(load, { stage, pipeline, shops, run, rounds: times })
  await sendEvents(stage, producer, push(warmUp, 'w', WARM_UP.rounds))
  if (load.latencyMs !== undefined)
    await stage.telegram.ask('fault', {
      fault: { kind: 'latency', min_ms: load.latencyMs, max_ms: load.latencyMs },
    })
  await stage.telegram.ask('checkOrder')
  const spent = statements ? await watchStatements(stage.database) : undefined
  const fromUs = nowUs()
  const cpuUs = watchCpu({ producer: producer.pid, ...pipeline.pids, ...stage.pids })
  const { seconds, refusals } = await sendEvents(stage, producer, push(fleet, 'b', rounds))
  const cpu = cpuUs(messages)
  if (folder !== undefined) writeMeasured(folder, { fromUs, untilUs: nowUs() })
  if (spent !== undefined) say(await spent(messages))
  const { metricsUrl } = pipeline
  const broken = await findBrokenPromises(stage, {
    shops: fleet.shops,
    chats: fleet.shops.length * chats,
    messages,
    metricsUrl,
  })
  return {
    name: load.name,
    peer: false,
    messages,
    seconds,
    perSecond: messages / seconds,
    refusals,
    ...cpu,
    load: loadavg()[0] ?? Number.NaN,
    ...(broken !== '' && { broken }),
  }
}

function makeFolder(path: string): string {
  mkdirSync(path, { recursive: true })
  return path
}

function pushOf(
  { way }: PipelineLoad,
  plan: { stage: Stage; pipeline: Pipeline; shops: Shops; run: string; rounds: number },
): Push {
  const { stage, pipeline, shops, run, rounds } = plan
  return {
    run,
    firstRound: 1,
    rounds,
    chats: shops.chats,
    shops: shops.shops.map(({ slug, apiKey }) => ({ slug, apiKey })),
    way:
      way === 'stream'
        ? { name: 'stream', redisUrl: stage.redisUrl }
        : { name: 'http', url: pipeline.ingestUrl, ...way },
  }
}
