import { join } from 'node:path'
import { startPostgres, startRedis } from '@postino/embedded'
import { startAppProcess, type AppProcess } from './app-process.ts'
import type { DataFolder } from './data-folder.ts'
import { choosePort } from './choose-port.ts'
import { waitUntilReady } from './wait-until-ready.ts'

const READY_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 30_000

export interface ClusterOptions {
  folder: DataFolder
  /** Wished ports; one in use is replaced by a free one. */
  ports: { ingest: number; emulator: number; bot: number }
  /** Servers that are there already, instead of embedded ones. */
  databaseUrl?: string
  redisUrl?: string
  /** Another Bot API than the emulator; bots are then polled. */
  telegramApiRoot?: string
  logLevel: string
  /** Run once the servers are there and before the apps start: migrations. */
  prepare(servers: { databaseUrl: string }): Promise<void>
  say(line: string): void
}

export interface Cluster {
  databaseUrl: string
  telegramApiRoot: string
  ingestUrl: string
  /** Undefined when another Bot API is used. */
  emulatorUrl?: string
  /** Resolves with the name of the first process that ends by itself. */
  broken: Promise<string>
  stop(): Promise<void>
}

/** Brings up everything on this machine, and takes it down in reverse order; also when the start fails half-way. */
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
  const { folder, say } = options
  const databaseUrl = options.databaseUrl ?? (await startEmbeddedPostgres(folder, started))
  const redisUrl = options.redisUrl ?? (await startEmbeddedRedis(folder, started, say))
  await options.prepare({ databaseUrl })

  const processes: AppProcess[] = []
  const start = async (
    app: { name: string; folder: string; env: Record<string, string>; arguments?: string[] },
    readyUrl: string,
  ) => {
    const logFile = join(folder.logs, `${app.name}.log`)
    const process = startAppProcess({ ...app, logFile, stopTimeoutMs: STOP_TIMEOUT_MS })
    started.push(process)
    processes.push(process)
    await waitUntilReady(process, { url: readyUrl, logFile, timeoutMs: READY_TIMEOUT_MS })
  }

  const emulatorUrl = options.telegramApiRoot === undefined ? await startEmulator(options, start) : undefined
  const telegramApiRoot = options.telegramApiRoot ?? emulatorUrl ?? ''
  const ingestPort = await choosePort(options.ports.ingest, 'ingest', say)
  const botPort = await choosePort(options.ports.bot, 'bot', say)
  const common = {
    ...baseEnv(),
    LOG_LEVEL: options.logLevel,
    HOST: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
  }
  const telegram = { TELEGRAM_API_ROOT: telegramApiRoot, SECRET_KEYS_FILE: folder.secretKeysFile }
  const webhooks = emulatorUrl === undefined ? {} : { BOT_PUBLIC_URL: `http://127.0.0.1:${botPort}` }
  const apps: Record<string, Record<string, string>> = {
    ingest: { PORT: String(ingestPort) },
    renderer: {},
    sender: telegram,
    bot: { ...telegram, ...webhooks, PORT: String(botPort) },
    scheduler: {},
  }
  await Promise.all(
    Object.entries(apps).map(async ([name, env]) => {
      const healthPort = await choosePort(0, name, say)
      const app = {
        name,
        folder: `apps/${name}`,
        env: { ...common, ...env, HEALTH_PORT: String(healthPort) },
      }
      await start(app, `http://127.0.0.1:${healthPort}/readyz`)
    }),
  )
  const broken = Promise.race(processes.map((process) => process.ended.then(() => process.name)))
  return { databaseUrl, telegramApiRoot, ingestUrl: `http://127.0.0.1:${ingestPort}`, emulatorUrl, broken }
}

async function startEmbeddedPostgres(folder: DataFolder, started: Parts): Promise<string> {
  const postgres = await startPostgres({ folder: folder.postgres })
  started.push(postgres)
  return await postgres.createDatabase('postino')
}

async function startEmbeddedRedis(
  folder: DataFolder,
  started: Parts,
  say: (line: string) => void,
): Promise<string> {
  const redis = await startRedis({ folder: folder.redis, say })
  started.push(redis)
  return redis.url
}

type StartApp = (
  app: { name: string; folder: string; env: Record<string, string>; arguments: string[] },
  readyUrl: string,
) => Promise<void>

async function startEmulator(options: ClusterOptions, start: StartApp): Promise<string> {
  const port = await choosePort(options.ports.emulator, 'phone', options.say)
  const url = `http://127.0.0.1:${port}`
  await start(
    {
      name: 'emulator',
      folder: 'packages/emulator',
      env: baseEnv(),
      arguments: ['--port', String(port), '--host', '127.0.0.1', '--state', options.folder.emulatorState],
    },
    `${url}/emulator`,
  )
  return url
}

// Nothing of our own environment reaches the apps but what they need: a stray setting there would surprise.
function baseEnv(): Record<string, string> {
  return { NODE_ENV: 'production' }
}
