import { styleText } from 'node:util'
import { readFileSync } from 'node:fs'
import { migrateToLatest } from '@postino/database'
import { exampleAt } from '@postino/domain'
import { startCluster, type Cluster } from '@postino/embedded'
import { readEnvironment } from '@postino/runtime'
import { openDataFolder, type DataFolder } from '../demo/data-folder.ts'
import { ensureDemoShop, type DemoShop } from '../demo/demo-shop.ts'
import { createEmulatorClient } from '../demo/emulator-client.ts'
import { withDatabaseAt, withTelegramAt } from '../open-database.ts'
import { localSettings } from '../settings.ts'

const PORTS = { ingest: 8080, emulator: 8081, bot: 8082 }
const TELEGRAM = 'https://api.telegram.org'
const KEEP_ALIVE_MS = 60_000

export type Say = (line: string) => void

/** Brings up everything on this machine with a demo shop; returns when it was asked to end and has ended. */
export async function up(options: { folder: string; say: Say; stop: AbortSignal }): Promise<void> {
  const { say, stop } = options
  const folder = openDataFolder(options.folder)
  say(`Postino is starting; its data are in ${folder.path}`)
  // The servers do not keep this process alive by themselves.
  const alive = setInterval(() => undefined, KEEP_ALIVE_MS)
  const { cluster, shop } = await startWithDemoShop({ folder, ports: PORTS, keep: true, say })
  try {
    greet({ cluster, shop, say })
    const stopped = new Promise<undefined>((resolve) =>
      stop.addEventListener('abort', () => resolve(undefined), { once: true }),
    )
    const broken = await Promise.race([stop.aborted ? undefined : stopped, cluster.broken])
    say(
      broken === undefined
        ? 'Stopping …'
        : `${broken} ended by itself; its log is in ${folder.logs}. Stopping …`,
    )
    if (broken !== undefined) process.exitCode = 1
  } finally {
    await cluster.stop()
    clearInterval(alive)
  }
  say('Stopped.')
}

/** The cluster, migrated, with its demo shop; used by `up` and `demo`. */
export async function startWithDemoShop(options: {
  folder: DataFolder
  ports: { ingest: number; emulator: number; bot: number }
  /** Whether databases and chats outlive this run. */
  keep: boolean
  say: Say
}): Promise<{ cluster: Cluster; shop: DemoShop }> {
  const { folder, say } = options
  const config = readEnvironment(localSettings)
  const telegramApiRoot = config.telegramApiRoot ?? (config.botToken === undefined ? undefined : TELEGRAM)
  const cluster = await startCluster({
    folder: options.keep ? folder.path : undefined,
    logFolder: folder.logs,
    secretKeysFile: folder.secretKeysFile,
    ports: options.ports,
    databaseUrl: config.databaseUrl,
    redisUrl: config.redisUrl,
    telegramApiRoot,
    prepare: (databaseUrl) =>
      withDatabaseAt(databaseUrl, async (database) => void (await migrateToLatest(database))),
    say,
  })
  try {
    const { databaseUrl, emulatorUrl } = cluster
    const emulator = emulatorUrl === undefined ? undefined : createEmulatorClient(emulatorUrl)
    const secretKeys = readFileSync(folder.secretKeysFile, 'utf8').trim()
    const shop = await withTelegramAt(
      { databaseUrl, apiRoot: cluster.telegramApiRoot, secretKeys },
      (access) => ensureDemoShop({ ...access, folder, emulator, token: config.botToken }),
    )
    return { cluster, shop }
  } catch (error) {
    await cluster.stop()
    throw error
  }
}

function greet({ cluster, shop, say }: { cluster: Cluster; shop: DemoShop; say: Say }): void {
  const [person] = shop.people
  if (person === undefined) return
  const { emulatorUrl, ingestUrl } = cluster
  const bold = (text: string) => styleText('bold', text)
  say('')
  say(bold('Postino is ready.'))
  say('')
  if (emulatorUrl === undefined) {
    say(`  1. Open ${person.link} in Telegram, press START, and switch on “order updates”.`)
  } else {
    say(
      `  1. Open ${bold(emulatorUrl)}: a phone with ${shop.people.map(({ firstName }) => firstName).join(', ')}.`,
    )
    say(`     As ${person.firstName}, open Bottega Faenza, press START, and switch on the first line.`)
  }
  say('  2. Report an order:')
  say('')
  say(curl({ ingestUrl, apiKey: shop.apiKey, externalId: person.externalId }))
  say('')
  say(`  API reference: ${ingestUrl}/docs`)
  say('  Ctrl-C stops everything; the next start takes it up again.')
  say('')
}

/** One order event in the short form, small enough to read and to change. */
function curl({
  ingestUrl,
  apiKey,
  externalId,
}: {
  ingestUrl: string
  apiKey: string
  externalId: string
}): string {
  const { order } = exampleAt('order.status_changed', Date.now()).data
  const event = {
    type: 'order.status_changed',
    id: 'EVENT',
    data: { order, customer: { external_id: externalId } },
  }
  const body = JSON.stringify(event)
    .replaceAll("'", String.raw`'\''`)
    .replace('"EVENT"', `"try-'$(date +%s)'"`)
  return [
    `curl ${ingestUrl}/v1/events \\`,
    `  -H 'authorization: Bearer ${apiKey}' -H 'content-type: application/json' \\`,
    `  -d '${body}'`,
  ].join('\n')
}
