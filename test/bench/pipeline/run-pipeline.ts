import { mkdirSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@postino/embedded'
import { sql } from 'kysely'
import type { BenchRow } from '../bench.ts'
import { nowUs, writeMeasured } from '../profile/measured-stretch.ts'
import { watchCpu } from '../stage/cpu-times.ts'
import { describeStall } from '../stage/describe-stall.ts'
import { openStage, type Stage } from '../stage/stage.ts'
import type { Shops } from '../stage/seed-shops.ts'
import { STATEMENTS_SETTINGS, watchStatements } from '../stage/statements.ts'
import { checkPromises } from './check-promises.ts'
import { startProducer, type Producer } from './producer.ts'
import type { Push } from './producer-process.ts'

/** One row: so many shops, so many events to each of their chats, by one way. */
export interface PipelineLoad {
  /** Of files with its profiles. */
  key: string
  name: string
  shops: number
  chats: number
  rounds: number
  way: 'stream' | { batch: number; connections: number }
}

export interface PipelineOptions {
  say: (line: string) => void
  /** Whether to tell what Postgres spent its time on. */
  statements: boolean
  /** Folder for CPU profiles of our processes. */
  profiles: string | undefined
}

const WARM_UP = { count: 100, chats: 20, rounds: 3 }
const WAIT_EVERY_MS = 100
/** Takes whatever comes, and remembers little of it. */
const FORGETFUL = { flood: { enabled: false }, keptMessages: 10_000, keptRequests: 100, keptTexts: 0 }
/** Without a single call of the sender. */
const STILL_MS = 60_000

/** Everything is started anew, with other shops to warm up on; from the first push to the last receipt at the emulator. */
export async function runPipeline(
  load: PipelineLoad,
  { say, statements, profiles }: PipelineOptions,
): Promise<BenchRow & { perSecond: number; sumCpuUs: number }> {
  say(`${load.name} …`)
  const folder = profiles === undefined ? undefined : makeFolder(join(profiles, load.key))
  await using stage = await openStage({
    postgres: statements ? STATEMENTS_SETTINGS : {},
    profiles: folder,
  })
  await stage.telegram.ask('settings', FORGETFUL)
  const warmUp = await stage.addShops({ count: WARM_UP.count, chats: WARM_UP.chats, name: 'warm-up' })
  const { chats, rounds } = load
  const fleet = await stage.addShops({ count: load.shops, chats, name: 'bench' })
  const pipeline = await startPipeline(stage)
  await using producer = startProducer()
  await send(
    { stage, pipeline, producer },
    pushOf(load, stage, pipeline, { fleet: warmUp, run: 'w', rounds: WARM_UP.rounds }),
  )
  const messages = load.shops * chats * rounds
  await stage.telegram.ask('checkOrder')
  const spent = statements ? await watchStatements(stage.database) : undefined
  const fromUs = nowUs()
  const cpuUs = watchCpu({ producer: producer.pid, ...pipeline.pids, ...stage.pids })
  const { seconds, refusals } = await send(
    { stage, pipeline, producer },
    pushOf(load, stage, pipeline, { fleet, run: 'b', rounds }),
  )
  const cpu = cpuUs(messages)
  if (folder !== undefined) writeMeasured(folder, { fromUs, untilUs: nowUs() })
  if (spent !== undefined) say(await spent(messages))
  await checkPromises(stage, { fleet, rounds, metricsUrl: pipeline.metricsUrl })
  return {
    name: load.name,
    peer: false,
    messages,
    seconds,
    perSecond: messages / seconds,
    refusals,
    ...cpu,
    load: loadavg()[0] ?? Number.NaN,
  }
}

function makeFolder(path: string): string {
  mkdirSync(path, { recursive: true })
  return path
}

interface Pipeline {
  ingestUrl: string
  pids: Record<'ingest' | 'renderer' | 'sender' | 'scheduler', number>
  /** Of the scheduler. */
  metricsUrl: string
}

async function startPipeline(stage: Stage): Promise<Pipeline> {
  const port = String(await freePort())
  const ingest = await stage.startApp('ingest', { PORT: port, HOST: '127.0.0.1' })
  const renderer = await stage.startApp('renderer')
  // The emulator takes whatever comes: the sender's own window is not to be what is measured.
  const sender = await stage.startApp('sender', { SENDER_LIMIT_PER_SECOND: '1000' })
  // What had to be rescued by the sweeper would come after we have given up.
  const forgotten = String((2 * STILL_MS) / 1_000)
  const scheduler = await stage.startApp('scheduler', { SCHEDULER_FORGOTTEN_SECONDS: forgotten })
  return {
    ingestUrl: `http://127.0.0.1:${port}`,
    pids: { ingest: ingest.pid, renderer: renderer.pid, sender: sender.pid, scheduler: scheduler.pid },
    metricsUrl: scheduler.metricsUrl,
  }
}

function pushOf(
  { way }: PipelineLoad,
  stage: Stage,
  { ingestUrl }: Pipeline,
  { fleet, run, rounds }: { fleet: Shops; run: string; rounds: number },
): Push {
  return {
    run,
    rounds,
    chats: fleet.chats,
    shops: fleet.shops.map(({ slug, apiKey }) => ({ slug, apiKey })),
    way:
      way === 'stream'
        ? { name: 'stream', redisUrl: stage.redisUrl }
        : { name: 'http', url: ingestUrl, ...way },
  }
}

/** Pushes, and waits until the emulator has been called for each event and all that is open has ended. */
async function send(
  { stage, producer }: { stage: Stage; pipeline: Pipeline; producer: Producer },
  plan: Push,
) {
  const { calls: before } = await stage.telegram.ask('progress')
  const wanted = before + plan.shops.length * plan.chats * plan.rounds
  const pushing = producer.push(plan)
  // Awaited below; meanwhile a failure ends the waiting, too.
  let failure: unknown
  pushing.catch((error: unknown) => (failure = error))
  let [calls, movedAtMs] = [before, performance.now()]
  while (calls < wanted || (await isAnyOpen(stage))) {
    if (failure !== undefined) throw failure
    await new Promise((resolve) => setTimeout(resolve, WAIT_EVERY_MS))
    const progress = await stage.telegram.ask('progress')
    if (progress.calls !== calls) movedAtMs = performance.now()
    calls = progress.calls
    if (performance.now() - movedAtMs > STILL_MS)
      throw new Error(
        `after ${calls - before} of ${wanted - before} calls nothing moves any more:\n${await describeStall(stage.database)}`,
      )
  }
  const { firstAtMs, refusals } = await pushing
  const { lastAtMs } = await stage.telegram.ask('progress')
  return { seconds: (lastAtMs - firstAtMs) / 1_000, refusals }
}

async function isAnyOpen({ database }: Stage): Promise<boolean> {
  const { rows } = await sql<{ open: boolean }>`
    select exists (select from messages where status in ('accepted', 'queued', 'sending')) as open`.execute(
    database,
  )
  return rows[0]?.open === true
}
