import type { ChoosePort } from './choose-port.ts'
import type { ClusterOptions } from './cluster-options.ts'
import type { Started } from './layers.ts'
import { startApp } from './start-app.ts'

const APPS = ['ingest', 'renderer', 'sender', 'bot', 'scheduler', 'console'] as const
export type AppName = (typeof APPS)[number]

/** Below the patience of whoever stops them. */
const SHUTDOWN_TIMEOUT_SECONDS = '10'

/** What the apps find when they start. */
export interface Servers {
  databaseUrl: string
  redisUrl: string
  telegramApiRoot: string
  /** Undefined when another Bot API is used. */
  emulatorUrl: string | undefined
}

/** Where requests of shops go. */
export interface AppAddresses {
  ingestUrl: string
  consoleUrl: string
  /** Where the shops' opt-in pages are. */
  botUrl: string
}

/** One of each, side by side. */
export async function startApps(
  options: ClusterOptions,
  servers: Servers,
  { choosePort, signal }: { choosePort: ChoosePort; signal: AbortSignal },
): Promise<AppAddresses & { starts: Promise<Started>[] }> {
  const { ports, secretKeysFile, logFolder, shards = 1 } = options
  const ingest = await choosePort(ports?.ingest ?? 0, 'ingest')
  const bot = await choosePort(ports?.bot ?? 0, 'bot')
  const consolePort = await choosePort(ports?.console ?? 0, 'console')
  const environments = appEnvironments({
    ...servers,
    secretKeysFile,
    shards,
    ports: { ingest, bot, console: consolePort },
  })
  const starts = APPS.map(async (name) => {
    const url = urlOf(await choosePort(0, name))
    const env = { ...environments[name], HEALTH_PORT: new URL(url).port, ...options.env?.[name] }
    const app = { name, folder: `apps/${name}`, env, readyUrl: `${url}/readyz` }
    return { url, part: await startApp(app, { logFolder, signal }) }
  })
  return { ingestUrl: urlOf(ingest), consoleUrl: urlOf(consolePort), botUrl: urlOf(bot), starts }
}

function appEnvironments(
  cluster: Servers & {
    secretKeysFile: string
    shards: number
    ports: { ingest: number; bot: number; console: number }
  },
): Record<AppName, Record<string, string>> {
  const { databaseUrl, redisUrl, telegramApiRoot, emulatorUrl, secretKeysFile, ports } = cluster
  const common = {
    HOST: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    SHARDS: String(cluster.shards),
    SHUTDOWN_TIMEOUT_SECONDS,
  }
  const telegram = { TELEGRAM_API_ROOT: telegramApiRoot, SECRET_KEYS_FILE: secretKeysFile }
  // Telegram itself cannot reach this machine; the emulator can.
  const webhooks: Record<string, string> =
    emulatorUrl === undefined
      ? {}
      : { BOT_PUBLIC_URL: urlOf(ports.bot), TELEGRAM_LINK_OPENER: `${emulatorUrl}/open?url=` }
  return {
    ingest: { ...common, PORT: String(ports.ingest) },
    renderer: common,
    sender: { ...common, ...telegram },
    bot: { ...common, ...telegram, ...webhooks, PORT: String(ports.bot) },
    scheduler: common,
    console: { ...common, PORT: String(ports.console), BOT_PUBLIC_URL: urlOf(ports.bot) },
  }
}

function urlOf(port: number): string {
  return `http://127.0.0.1:${port}`
}
