import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startPostgres } from '../postgres/start-postgres.ts'
import { startRedis } from '../redis/start-redis.ts'
import { startServerProcess, type ServerProcess } from '../server-process.ts'
import { choosePort } from './choose-port.ts'
import { waitUntilReady } from './wait-until-ready.ts'

const READY_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 30_000
const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))

export interface ClusterOptions {
  /** Keeps databases, logs and the emulator's chats between starts; without it the data are thrown away. */
  folder?: string
  /** Where the processes write their logs. */
  logFolder: string
  /** The file with SECRET_KEYS. */
  secretKeysFile: string
  /** Wished ports; one in use is replaced by a free one, and 0 wishes for any. */
  ports?: { ingest?: number; emulator?: number; bot?: number }
  /** Servers that are there already, instead of embedded ones. */
  databaseUrl?: string
  redisUrl?: string
  /** Another Bot API than the emulator; bots are then polled. */
  telegramApiRoot?: string
  /** Further settings for the apps, by app. */
  env?: Partial<Record<AppName, Record<string, string>>>
  /** Run once Postgres is there and before the apps start: migrations. */
  prepare: (databaseUrl: string) => Promise<void>
  say?: (line: string) => void
}

const APPS = ['ingest', 'renderer', 'sender', 'bot', 'scheduler'] as const
export type AppName = (typeof APPS)[number]

export interface Cluster {
  databaseUrl: string
  redisUrl: string
  telegramApiRoot: string
  ingestUrl: string
  /** Undefined when another Bot API is used. */
  emulatorUrl?: string
  /** Resolves with the name of the first process that ends by itself. */
  broken: Promise<string>
  /** Ends everything in the reverse order of its start. */
  stop: () => Promise<void>
}

/** Brings up everything on this machine, each app as `node src/main.ts` as in production. A start that fails half-way ends what it began. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const started: { stop(): Promise<unknown> }[] = []
  const stop = async () => {
    for (const part of started.splice(0).toReversed()) await part.stop()
  }
  try {
    return { ...(await startParts(options, started)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

type Parts = { stop(): Promise<unknown> }[]

async function startParts(options: ClusterOptions, started: Parts): Promise<Omit<Cluster, 'stop'>> {
  const say = options.say ?? (() => undefined)
  mkdirSync(options.logFolder, { recursive: true })
  const [databaseUrl, redisUrl] = await startServers(options, started)
  await options.prepare(databaseUrl)

  const processes: [string, ServerProcess][] = []
  const start: StartApp = async ({ name, folder, env, args = [], readyUrl }) => {
    const app = await startServerProcess({
      command: process.execPath,
      args: ['src/main.ts', ...args],
      cwd: join(ROOT, folder),
      // Nothing of our own environment reaches the apps: a stray setting there would surprise.
      env,
      logFile: join(options.logFolder, `${name}.log`),
      endSignal: 'TERM',
      endTimeoutMs: STOP_TIMEOUT_MS,
    })
    started.push(app)
    processes.push([name, app])
    await waitUntilReady(app, { name, url: readyUrl, timeoutMs: READY_TIMEOUT_MS })
  }

  const emulatorUrl = options.telegramApiRoot === undefined ? await startEmulator(options, start) : undefined
  const telegramApiRoot = options.telegramApiRoot ?? emulatorUrl ?? ''
  const ports = {
    ingest: await choosePort(options.ports?.ingest ?? 0, 'ingest', say),
    bot: await choosePort(options.ports?.bot ?? 0, 'bot', say),
  }
  const envOf = appEnvironments({ options, databaseUrl, redisUrl, telegramApiRoot, emulatorUrl, ports })
  await Promise.all(
    APPS.map(async (name) => {
      const healthPort = await choosePort(0, name, say)
      const env = { ...envOf(name), HEALTH_PORT: String(healthPort) }
      await start({ name, folder: `apps/${name}`, env, readyUrl: `http://127.0.0.1:${healthPort}/readyz` })
    }),
  )
  const broken = Promise.race(processes.map(([name, app]) => app.ended.then(() => name)))
  const ingestUrl = `http://127.0.0.1:${ports.ingest}`
  return { databaseUrl, redisUrl, telegramApiRoot, ingestUrl, emulatorUrl, broken }
}

async function startServers(options: ClusterOptions, started: Parts): Promise<[string, string]> {
  const { folder, say } = options
  const startDatabase = async () => {
    const postgres = await startPostgres({ folder: folder && join(folder, 'postgres') })
    started.push(postgres)
    return await postgres.createDatabase('postino')
  }
  const startQueues = async () => {
    const redis = await startRedis({ folder: folder && join(folder, 'redis'), say })
    started.push(redis)
    return redis.url
  }
  // One after the other: both may be the first to need a package of the system.
  return [options.databaseUrl ?? (await startDatabase()), options.redisUrl ?? (await startQueues())]
}

type StartApp = (app: {
  name: string
  folder: string
  env: Record<string, string>
  args?: string[]
  readyUrl: string
}) => Promise<void>

async function startEmulator(options: ClusterOptions, start: StartApp): Promise<string> {
  const port = await choosePort(options.ports?.emulator ?? 0, 'emulator', options.say ?? (() => undefined))
  const url = `http://127.0.0.1:${port}`
  const state = options.folder === undefined ? [] : ['--state', join(options.folder, 'emulator.json')]
  const args = ['--port', String(port), '--host', '127.0.0.1', ...state]
  await start({ name: 'emulator', folder: 'packages/emulator', env: {}, args, readyUrl: `${url}/emulator` })
  return url
}

function appEnvironments(cluster: {
  options: ClusterOptions
  databaseUrl: string
  redisUrl: string
  telegramApiRoot: string
  emulatorUrl?: string
  ports: { ingest: number; bot: number }
}): (name: AppName) => Record<string, string> {
  const { options, ports } = cluster
  const common = { HOST: '127.0.0.1', DATABASE_URL: cluster.databaseUrl, REDIS_URL: cluster.redisUrl }
  const telegram = { TELEGRAM_API_ROOT: cluster.telegramApiRoot, SECRET_KEYS_FILE: options.secretKeysFile }
  // Telegram itself cannot reach this machine; the emulator can.
  const webhooks: Record<string, string> =
    cluster.emulatorUrl === undefined ? {} : { BOT_PUBLIC_URL: `http://127.0.0.1:${ports.bot}` }
  const own: Record<AppName, Record<string, string>> = {
    ingest: { PORT: String(ports.ingest) },
    renderer: {},
    sender: telegram,
    bot: { ...telegram, ...webhooks, PORT: String(ports.bot) },
    scheduler: {},
  }
  return (name) => ({ ...common, ...own[name], ...options.env?.[name] })
}
