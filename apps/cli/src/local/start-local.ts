import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { startCluster, type Cluster, type Servers } from '@postino/embedded'
import type { Config } from '@postino/runtime'
import { migrate } from '../commands/migrate.ts'
import { CommandFailure } from '../failures/command-failure.ts'
import { otherBotApi, type localSettings } from '../settings.ts'
import type { Say } from '../surroundings.ts'
import { withEmptyDatabase, withTelegram } from '../with-database.ts'
import type { DataFolder } from './data-folder.ts'
import { ensureDemoShop, type DemoShop } from './demo-shop.ts'
import { createEmulatorClient } from './emulator-client.ts'

export interface LocalPlan {
  folder: DataFolder
  config: Config<typeof localSettings>
  ports: { ingest: number; emulator: number; bot: number; console: number }
  /** Whether databases and chats outlive this run. */
  keep: boolean
  say: Say
  /** Gives up a start under way. */
  stop: AbortSignal
}

export interface Local {
  cluster: Cluster
  shop: DemoShop
}

/** Everything on this machine, migrated, with its demo shop. */
export async function startLocal(plan: LocalPlan): Promise<Local> {
  const { folder, config, ports, keep, say, stop } = plan
  if (config.telegramApiRoot !== undefined && config.botToken === undefined) {
    throw new CommandFailure('TELEGRAM_API_ROOT is set: set TELEGRAM_BOT_TOKEN as well, of a bot there')
  }
  tellOf('Postgres', config.databaseUrl, say)
  tellOf('Redis', config.redisUrl, say)
  let shop: DemoShop | undefined
  const cluster = await startCluster({
    folder: keep ? folder.path : undefined,
    logFolder: folder.logs,
    secretKeysFile: folder.secretKeysFile,
    ports,
    databaseUrl: config.databaseUrl,
    redisUrl: config.redisUrl,
    shards: config.shards,
    telegramApiRoot: otherBotApi(config),
    // Before the apps, so that they find the shop and its bot when they begin.
    prepare: async (_databaseUrl, servers) => {
      shop = await prepare(plan, servers)
    },
    say,
    signal: stop,
  })
  assert(shop, 'a cluster that has started was prepared')
  return { cluster, shop }
}

async function prepare({ folder, config }: LocalPlan, servers: Servers): Promise<DemoShop> {
  const { databaseUrl, telegramApiRoot, emulatorUrl } = servers
  const secretKeys = readFileSync(folder.secretKeysFile, 'utf8').trim()
  const emulator = emulatorUrl === undefined ? undefined : createEmulatorClient(emulatorUrl)
  return await withEmptyDatabase(databaseUrl, async (database) => {
    await migrate(database, config.shards)
    return await withTelegram({ telegramApiRoot, secretKeys }, (access) =>
      ensureDemoShop({ database, ...access, folder, emulator, token: config.botToken }),
    )
  })
}

/** A server somebody else runs should be a surprise to nobody: the demo shop stays in it. */
function tellOf(server: string, url: string | undefined, say: Say): void {
  if (url !== undefined) say(`${server} is the one at ${URL.parse(url)?.host ?? 'the address that is set'}.`)
}
