import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDatabase, migrateToLatest, type Database } from '@postino/database'
import { freePort, startPostgres, startRedis } from '@postino/embedded'
import {
  closeRedis,
  createRedis,
  createTurnQueue,
  type RedisConnection,
  type TurnQueue,
} from '@postino/queues'
import { sql } from 'kysely'
import { startAppProcess, type AppName, type AppProcess } from './app-process.ts'
import { cpuSeconds } from './cpu-time.ts'
import { addFleet, queueMessages, type Fleet, type Load } from './seed.ts'
import { cpuProfileFlags } from './cpu-profile.ts'
import { addShops, type Shops } from './seed-shops.ts'
import { startTelegram, type Telegram } from './telegram.ts'

export interface StageOptions {
  /** Of postgresql.conf; without them Postgres runs as where data are thrown away, with no autovacuum. */
  postgres?: Record<string, string>
  /** Where node leaves a CPU profile of the emulator and of each app when it ends. */
  profiles?: string | undefined
}

/** Real servers, an emulator in a process of its own, and as many apps as a bench starts, as in production. */
export interface Stage extends AsyncDisposable {
  database: Database
  databaseUrl: string
  redis: RedisConnection
  redisUrl: string
  turns: TurnQueue
  telegram: Telegram
  addFleet(size: { count: number; chats: number }): Promise<Fleet>
  queueMessages(fleet: Fleet, load: Load): Promise<void>
  addShops(size: { count: number; chats: number; name: string }): Promise<Shops>
  startApp(app: AppName, env?: Record<string, string>): Promise<AppProcess>
  startSender(env?: Record<string, string>): Promise<AppProcess>
  /** The app that serves bots, and where their webhooks go; it sets them itself. */
  startBotApp(env?: Record<string, string>): Promise<AppProcess & { url: string }>
  logFolder: string
  pids: Record<'telegram' | 'postgres' | 'redis', number>
  /** CPU seconds used so far by each of the servers and the given app. */
  cpuSeconds(app: AppProcess): Record<'app' | 'telegram' | 'postgres' | 'redis', number>
  /** Until nothing of the fleet waits any more. */
  waitUntilSent(fleet: Fleet, limits: { timeoutMs: number }): Promise<void>
}

const SECRET_KEYS = `bench:${Buffer.alloc(32, 7).toString('base64')}`
const LOOK_EVERY_MS = 100

export async function openStage({ postgres: settings = {}, profiles }: StageOptions = {}): Promise<Stage> {
  await using stack = new AsyncDisposableStack()
  const postgres = stack.adopt(await startPostgres({ settings }), (server) => server.stop())
  const databaseUrl = await postgres.createDatabase('bench')
  const redisServer = stack.adopt(await startRedis(), (server) => server.stop())
  const redisUrl = redisServer.url
  const telegram = stack.adopt(await startTelegram(cpuProfileFlags('telegram', profiles)), (process) =>
    process.stop(),
  )
  const connect = { url: databaseUrl, poolMax: 4, applicationName: 'postino-bench' }
  const database = stack.adopt(createDatabase(connect), (open) => open.close())
  await migrateToLatest(database)
  const redis = stack.adopt(createRedis({ url: redisUrl, onError: console.error }), closeRedis)
  const turns = stack.adopt(createTurnQueue({ redis }), (queue) => queue.close())
  const postgresPid = await findPostgresPid(database)
  const redisPid = Number(/process_id:(\d+)/.exec(await redis.info('server'))?.[1])
  const logFolder = stack.adopt(mkdtempSync(join(tmpdir(), 'postino-bench-')), (path) =>
    rmSync(path, { recursive: true, force: true }),
  )
  const apps = stack.use(new AsyncDisposableStack())
  const owned = stack.move()

  let started = 0

  async function startApp(app: AppName, env: Record<string, string>): Promise<AppProcess> {
    const common = { DATABASE_URL: databaseUrl, TELEGRAM_API_ROOT: telegram.url, SECRET_KEYS }
    started += 1
    const process = await startAppProcess({
      app,
      port: await freePort(),
      logFolder,
      env: { ...common, ...env },
      flags: cpuProfileFlags(`${app}-${started}`, profiles),
    })
    apps.defer(() => process.stop())
    return process
  }

  return {
    database,
    databaseUrl,
    redis,
    redisUrl,
    turns,
    telegram,
    addFleet: (size) => addFleet({ database, telegram, secretKeys: SECRET_KEYS }, size),
    queueMessages: (fleet, load) => queueMessages(database, fleet, load),
    addShops: (size) => addShops({ database, telegram, secretKeys: SECRET_KEYS }, size),
    startApp: (app, env = {}) => startApp(app, { REDIS_URL: redisUrl, ...env }),
    startSender: (env = {}) => startApp('sender', { REDIS_URL: redisUrl, ...env }),
    async startBotApp(env = {}) {
      const port = await freePort()
      const url = `http://127.0.0.1:${port}`
      return { ...(await startApp('bot', { PORT: String(port), BOT_PUBLIC_URL: url, ...env })), url }
    },
    logFolder,
    pids: { telegram: telegram.pid, postgres: postgresPid, redis: redisPid },
    cpuSeconds: (app) => ({
      app: cpuSeconds(app.pid),
      telegram: cpuSeconds(telegram.pid),
      postgres: cpuSeconds(postgresPid),
      redis: cpuSeconds(redisPid),
    }),
    async waitUntilSent(fleet, { timeoutMs }) {
      const untilMs = performance.now() + timeoutMs
      while (await isAnyOpen(database, fleet)) {
        if (performance.now() > untilMs) throw new Error(`not all was sent within ${timeoutMs} ms`)
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
      }
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

async function isAnyOpen(database: Database, { bots }: Fleet): Promise<boolean> {
  const { rows } = await sql<{ open: boolean }>`
    select exists (select from unnest(${bots.map(({ botId }) => botId)}::bigint[]) bot_id
      where (select id from messages where messages.bot_id = bot_id.bot_id and status = 'queued' limit 1) is not null
        or (select id from messages where messages.bot_id = bot_id.bot_id and status = 'sending' limit 1) is not null)
      as open`.execute(database)
  return rows[0]?.open === true
}

async function findPostgresPid(database: Database): Promise<number> {
  const { rows } = await sql<{ file: string }>`select pg_read_file('postmaster.pid') as file`.execute(
    database,
  )
  return Number(rows[0]?.file.split('\n')[0])
}
