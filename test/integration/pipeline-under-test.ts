import assert from 'node:assert/strict'
import { acceptEvents, createDatabase, findShardsOfBots, type Database } from '@postino/database'
import { nodeFlagsOf } from '@postino/embedded'
import { createEmulator, type Emulator, type SettingsChange } from '@postino/emulator'
import { newEvent } from '@postino/ingest/accept/new-event.ts'
import { closeRedis, createRedis, createRenderQueue, createTurnQueue } from '@postino/queues'
import { createRenderer } from '@postino/renderer/create-renderer.ts'
import { createLogger, createMetrics } from '@postino/runtime'
import { createScheduler } from '@postino/scheduler/create-scheduler.ts'
import { createSender, type SenderDependencies } from '@postino/sender/create-sender.ts'
import { createTelegramTransport } from '@postino/telegram'
import { sql } from 'kysely'
import { atEnd } from '../support/at-end.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createTestRedis } from '../support/create-test-redis.ts'
import { startNode, type NodeProcess } from '../support/start-node.ts'
import { waitUntil } from '../support/wait-until.ts'
import {
  createPeople,
  SECRET_KEYS,
  type PipelinePeople,
  type TestBot,
  type TestPerson,
} from './pipeline-people.ts'
import { createShop, eventOf, type Note } from './pipeline-shop.ts'

export type { TestBot, TestPerson } from './pipeline-people.ts'
export type { Note } from './pipeline-shop.ts'

/** A database, a Redis and a Telegram, with one shop; what sends is started by the test. */
export interface Stage extends PipelinePeople {
  database: Database
  /** The settings of every app here, as `startProcess` gives them. */
  env: Record<string, string>
  redisUrl: string
  emulator: Emulator
  shopId: string
  startSender(change?: SenderChange): { close: () => Promise<void>; renderMetrics: () => Promise<string> }
  startRenderer(): { close: () => Promise<void> }
  /** Clears nothing away, unless it is told to. */
  startScheduler(config: SchedulerChange): {
    close: () => Promise<void>
    renderMetrics: () => Promise<string>
  }
  /** `node src/main.ts` of an app, ready. */
  startProcess(app: 'sender' | 'renderer' | 'bot', env?: Record<string, string>): Promise<NodeProcess>
  /** Accepts one event for each note, in this order, as ingest does; answers the ids of the messages. */
  accept(notes: Note[]): Promise<string[]>
  /** Without the render jobs: as if Redis had lost them. */
  acceptOnly(notes: Note[]): Promise<string[]>
  /** Asks for these to be rendered, in one job as far as they fit. */
  enqueue(ids: string[]): Promise<void>
  /** Asks for a turn, as a sweeper would. */
  wake(bot: TestBot): Promise<void>
  flushRedis(): Promise<void>
  readMessages(ids: string[]): Promise<TestMessage[]>
  /** Waits until these have come to their end, a resend that is still to come included. */
  waitForEnd(ids: string[], limits?: { timeoutMs: number }): Promise<TestMessage[]>
  /** The texts a person sees, oldest first. */
  textsOf(person: TestPerson): string[]
}

export interface TestMessage {
  id: string
  recipient: string
  lane: number
  status: string
  reason: string | null
  attempts: number
  resends: number
}

export type SchedulerChange = { sweepSeconds: number; forgottenSeconds: number } & Partial<typeof KEEPS_ALL>

export type SenderChange = Partial<SenderDependencies['config']> & {
  recovery?: SenderDependencies['recovery']
}

/** Telegram without its flood control, for tests about something else; a sender keeps to its limits all the same. */
const WITHOUT_FLOOD_CONTROL: SettingsChange = { flood: { enabled: false } }

// So that the end of a dead process is noticed soon; processes of their own have the settings of production.
const QUICK_RECOVERY = { lockDurationMs: 2_000, stalledIntervalMs: 300 }
const EVENTS_PER_CALL = 500
const KEEPS_ALL = {
  partitionDays: 7,
  eventDataDays: 0,
  messageContentDays: 0,
  trailDays: 0,
  telegramUpdatesDays: 0,
  optinLinksDays: 0,
  consentVisitorsDays: 0,
  consentDetailsDays: 0,
}

/** Call it at the top of a file or in a test; everything is closed at the end of that. */
export async function createStage(
  settings: SettingsChange = WITHOUT_FLOOD_CONTROL,
  given: { redisUrl?: string; shards?: number } = {},
): Promise<Stage> {
  const databaseUrl = await createTestDatabase()
  const redisUrl = given.redisUrl ?? (await createTestRedis())
  const emulator = await createEmulator({ settings })
  atEnd(() => emulator.close())
  const database = createDatabase({ url: databaseUrl, poolMax: 5, applicationName: 'pipeline-under-test' })
  atEnd(() => database.close())
  const redis = createRedis({ url: redisUrl, onError: () => undefined })
  atEnd(() => closeRedis(redis))
  const { shards = 1 } = given
  await sql`update installation set shards = ${shards}`.execute(database)
  const renders = createRenderQueue({ redis, shards })
  atEnd(() => renders.close())
  const findShards = (botIds: string[]) => findShardsOfBots(database, botIds)
  const turns = createTurnQueue({ redis, shards, findShards })
  atEnd(() => turns.close())
  const shopId = await createShop(database)
  const logger = createLogger({ name: 'test', level: 'silent' })
  const onError = () => undefined

  /** Closed once, by the test or at its end. */
  function running<Part extends { close: () => Promise<void> }>(part: Part): Part {
    let closed: Promise<void> | undefined
    const close = () => (closed ??= part.close())
    atEnd(close)
    return { ...part, close }
  }

  async function acceptOnly(notes: Note[]): Promise<string[]> {
    const ids: string[] = []
    for (let from = 0; from < notes.length; from += EVENTS_PER_CALL) {
      const events = notes
        .slice(from, from + EVENTS_PER_CALL)
        .map((note) => newEvent({ shopId, receivedOver: 'http', event: eventOf(note) }))
      for (const acceptance of await acceptEvents(database, events)) {
        assert(acceptance.status === 'accepted')
        ids.push(...acceptance.messages.map(({ id }) => id))
      }
    }
    return ids
  }

  async function readMessages(ids: string[]): Promise<TestMessage[]> {
    return await database
      .selectFrom('messages')
      .select(['id', 'recipient', 'lane', 'status', 'reason', 'attempts', 'resends'])
      .where('id', 'in', ids)
      .orderBy('id')
      .execute()
  }

  const stage: Stage = {
    database,
    env: {
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl,
      SHARDS: String(shards),
      TELEGRAM_API_ROOT: emulator.url,
      SECRET_KEYS,
    },
    redisUrl,
    emulator,
    shopId,
    startSender({ recovery = QUICK_RECOVERY, ...change } = {}) {
      const metrics = createMetrics('sender')
      const config = {
        telegramApiRoot: emulator.url,
        secretKeys: SECRET_KEYS,
        turns: 20,
        connections: 100,
        limitPerSecond: 30,
        callTimeoutSeconds: 5,
        resendSeconds: 1,
        fileDownloads: 8,
        fileDiskMegabytes: 500,
        outgoingAllowedHosts: '',
        outgoingAllowHttp: false,
        shards,
        serve: undefined,
        ...change,
      }
      const transport = createTelegramTransport({
        apiRoot: config.telegramApiRoot,
        connections: config.connections,
      })
      atEnd(() => transport.close())
      const clockId = 'test'
      const sender = createSender({
        config,
        database,
        redis,
        transport,
        clockId,
        metrics,
        logger,
        onError,
        recovery,
      })
      sender.run()
      return running({ close: sender.close, renderMetrics: () => metrics.renderOwn() })
    },
    startRenderer() {
      const metrics = createMetrics('renderer')
      const config = { jobs: 4, shards, serve: undefined }
      const recovery = QUICK_RECOVERY
      const renderer = createRenderer({ config, database, redis, metrics, logger, onError, recovery })
      renderer.run()
      return running({ close: renderer.close })
    },
    startScheduler(config) {
      const metrics = createMetrics('scheduler')
      const scheduler = createScheduler({
        config: { ...KEEPS_ALL, shards, ...config },
        database,
        redis,
        metrics,
        logger,
      })
      return running({ close: scheduler.close, renderMetrics: () => metrics.renderOwn() })
    },
    async startProcess(app, env = {}) {
      const main = new URL(`../../apps/${app}/src/main.ts`, import.meta.url)
      const process = startNode(main, {
        flags: nodeFlagsOf(app),
        env: { ...stage.env, HEALTH_PORT: '0', LOG_LEVEL: 'debug', ...env },
      })
      await waitUntil(() => process.lines().some(({ msg }) => msg === 'service.ready'), { timeoutMs: 20_000 })
      return process
    },
    ...createPeople({ database, emulator, shopId }),
    async accept(notes) {
      const ids = await acceptOnly(notes)
      await renders.add(ids)
      return ids
    },
    acceptOnly,
    enqueue: renders.add,
    wake: ({ botId }) => turns.wake([{ shopId, botId }]),
    async flushRedis() {
      await redis.flushall()
    },
    readMessages,
    async waitForEnd(ids, { timeoutMs } = { timeoutMs: 20_000 }) {
      await waitUntil(async () => (await countOpen(database, ids)) === 0, { timeoutMs })
      return await readMessages(ids)
    },
    textsOf: ({ chat }) =>
      emulator.chats.messages(chat, { limit: 1_000 }).messages.flatMap(({ from, text }) =>
        // What the person wrote, pressing Start, is no message of ours.
        from.is_bot && text !== undefined ? [text] : [],
      ),
  }
  return stage
}

async function countOpen(database: Database, ids: string[]): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    select count(*)::int as open from messages where id = any (${ids}::bigint[])
      and (status in ('accepted', 'queued', 'sending') or (status = 'unknown' and due_at is not null))`.execute(
    database,
  )
  return rows[0]?.open ?? 0
}
