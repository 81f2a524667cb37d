import { randomBytes } from 'node:crypto'
import {
  createDatabase,
  createKeyring,
  insertOptinLink,
  insertShop,
  parseSecretKeys,
  pingDatabase,
  upsertBot,
  upsertContact,
  type Database,
} from '@postino/database'
import { PURPOSES, type Purpose } from '@postino/domain'
import { createEmulator, type BotView, type Emulator, type Settings } from '@postino/emulator'
import { createLogger, createMetrics } from '@postino/runtime'
import { createTelegramTransport } from '@postino/telegram'
import { SYSTEM_CLOCK } from '@postino/bot/bot/clock.ts'
import { createBotFactory } from '@postino/bot/bot/create-bot.ts'
import { createComposer } from '@postino/bot/bot/create-composer.ts'
import type { BotPace } from '@postino/bot/bot/reply-pace.ts'
import { createBotMetrics } from '@postino/bot/metrics.ts'
import { createPages } from '@postino/bot/pages/create-pages.ts'
import { listenByPolling } from '@postino/bot/serve/listen-by-polling.ts'
import { listenByWebhook } from '@postino/bot/serve/listen-by-webhook.ts'
import { serveBots } from '@postino/bot/serve/serve-bots.ts'
import { createAnswerWebhook } from '@postino/bot/serve/answer-webhook.ts'
import { createHttpServer } from '@postino/bot/serve/http-server.ts'
import { atEnd } from '../support/at-end.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createPhone, type Phone } from './phone.ts'

export type Mode = 'webhook' | 'polling'

/** A shop with its bot, and a Telegram with people; nobody serves the bot yet. */
export interface BotScene {
  database: Database
  databaseUrl: string
  emulator: Emulator
  secretKeys: string
  shopId: string
  bot: ServedBotView
  addShop(name: string): Promise<{ shopId: string; bot: ServedBotView }>
  addContact(externalId: string, fields?: { locale?: string }): Promise<string>
  /** The token of an opt-in link. */
  addLink(contactId: string, more?: LinkChoice): Promise<string>
  /** Somebody with a Telegram of this language. */
  addPhone(person?: { language?: string; firstName?: string }): Phone
  ledgerOf(contactId: string): Promise<LedgerRow[]>
  registrationsOf(contactId: string): Promise<{ status: string; chat_id: string }[]>
  /** Serves the bots of this database, as one process of apps/bot does. */
  serve(mode: Mode, pace?: BotPace): Promise<BotProcess>
}

export interface ServedBotView extends BotView {
  /** In our database. */
  rowId: string
}

interface LinkChoice {
  purposes?: readonly Purpose[]
  botId?: string
  expiresInSeconds?: number
}

export type LedgerRow = Awaited<ReturnType<typeof readLedger>>[number]

export interface BotProcess {
  /** Where webhooks go. */
  url: string
  refresh(): Promise<void>
  close(): Promise<void>
  /** Every line it has logged. */
  log(): Record<string, unknown>[]
  metrics(): Promise<string>
  /** Delivers an update as Telegram does; answers with the status. */
  deliver(update: object): Promise<number>
}

/** Without flood control or impatience, unless the test is about them. */
const QUIET: Partial<Settings> = { penalties: false, retryTimeScale: 0.001 }

/** People of a test do not wait for their answers. */
const FAST: BotPace = {
  limitPerSecond: 1_000,
  chatPerSecond: 1_000,
  chatBurst: 1_000,
  sharedGapMs: 0,
  aloneGapMs: 0,
  unawareMs: 0,
}

export interface SceneOptions {
  /** One for all scenes of a file; each has its own shop and its own Telegram. Else one is made. */
  databaseUrl?: string
  settings?: Parameters<Emulator['changeSettings']>[0]
}

let addedBots = 0

export async function createBotScene(options: SceneOptions = {}): Promise<BotScene> {
  const databaseUrl = options.databaseUrl ?? (await createTestDatabase())
  const emulator = await createEmulator({
    settings: { ...QUIET, flood: { enabled: false }, ...options.settings },
  })
  atEnd(() => emulator.close())
  const database = createDatabase({ url: databaseUrl, poolMax: 4, applicationName: 'bot-scene' })
  atEnd(() => database.close())
  const secretKeys = `test:${randomBytes(32).toString('base64')}`
  const keyring = createKeyring(parseSecretKeys(secretKeys))
  // Those of the scenes before live in a Telegram that is gone.
  await database.updateTable('bots').set({ status: 'paused' }).execute()

  async function addShop(name: string) {
    addedBots += 1
    const slug = `shop-${addedBots}`
    const shop = await insertShop(database, {
      slug,
      name,
      locale: 'en',
      timeZone: 'Europe/Rome',
      supportContact: 'ciao@faenza.example',
      privacyUrl: 'https://faenza.example/privacy',
    })
    if (shop === undefined) throw new Error(`there is a shop ${slug} already`)
    const id = 7_000_000 + addedBots
    const view = emulator.bots.add({ id, username: `shop_${addedBots}_bot`, name })
    const row = await upsertBot(database, shop.id, { ...view, telegramId: view.id, keyring })
    if (row === undefined) throw new Error('the bot belongs to somebody else')
    return { shopId: shop.id, bot: { ...view, rowId: row.id } }
  }

  const { shopId, bot } = await addShop('Bottega Faenza')
  const scene: BotScene = {
    database,
    databaseUrl,
    emulator,
    secretKeys,
    shopId,
    bot,
    addShop,
    async addContact(externalId, fields = {}) {
      return (await upsertContact(database, shopId, { externalId, ...fields })).id
    },
    async addLink(contactId, { purposes = PURPOSES, botId = bot.rowId, expiresInSeconds = 600 } = {}) {
      const link = { botId, contactId, purposes, source: 'web_form', expiresInSeconds }
      return (await insertOptinLink(database, shopId, link)).token
    },
    addPhone: ({ language = 'en', firstName = 'Ada' } = {}) =>
      createPhone(emulator, bot, emulator.people.add({ first_name: firstName, language_code: language })),
    ledgerOf: (contactId) => readLedger(database, contactId),
    registrationsOf: (contactId) =>
      database
        .selectFrom('registrations')
        .select(['status', 'chat_id'])
        .where('contact_id', '=', contactId)
        .execute(),
    serve: (mode, pace) => serve(scene, mode, pace),
  }
  return scene
}

async function readLedger(database: Database, contactId: string) {
  return await database
    .selectFrom('consents')
    .selectAll()
    .where('contact_id', '=', contactId)
    .orderBy('id')
    .execute()
}

async function serve(scene: BotScene, mode: Mode, pace = FAST): Promise<BotProcess> {
  const lines: string[] = []
  const logger = createLogger({
    name: 'bot',
    level: 'debug',
    destination: { write: (line: string) => void lines.push(line) },
  })
  const ownMetrics = createMetrics('bot')
  const metrics = createBotMetrics(ownMetrics)
  const database = createDatabase({
    url: scene.databaseUrl,
    poolMax: 5,
    applicationName: 'bot-under-test',
    onError: (error) => logger.warn({ err: error }, 'connection.failed'),
  })
  const apiRoot = scene.emulator.url
  const transport = createTelegramTransport({ apiRoot, connections: 64 })
  const composer = createComposer({ database })
  const createBot = createBotFactory({
    database,
    transport,
    apiRoot,
    composer,
    clock: SYSTEM_CLOCK,
    pace,
    metrics,
  })

  let bots: ReturnType<typeof serveBots> | undefined
  const pages = createPages({
    database,
    publicUrl: undefined,
    addressHeader: 'x-test-address',
    login: undefined,
    metrics,
    logger,
  })
  const answerWebhook = createAnswerWebhook({ findBot: (path) => bots?.find(path), metrics, logger })
  const server = createHttpServer({ answerWebhook, answerPage: pages.answer })
  const url = `http://127.0.0.1:${await server.listen({ host: '127.0.0.1', port: 0 })}`
  const listen =
    mode === 'webhook'
      ? listenByWebhook(url)
      : listenByPolling({ pingDatabase: () => pingDatabase(database), metrics })
  const keyring = createKeyring(parseSecretKeys(scene.secretKeys))
  bots = serveBots({ database, keyring, createBot, listen, logger })
  await bots.refresh()

  let closing: Promise<void> | undefined
  const close = () => (closing ??= closeAll())
  async function closeAll() {
    await server.close()
    await bots?.close()
    await transport.close()
    await database.close()
  }
  atEnd(close)
  return {
    url,
    refresh: bots.refresh,
    close,
    log: () => lines.map((line) => Object(JSON.parse(line))),
    metrics: () => ownMetrics.renderOwn(),
    async deliver(update) {
      const row = await scene.database
        .selectFrom('bots')
        .select('webhook_path as path')
        .where('id', '=', scene.bot.rowId)
        .executeTakeFirstOrThrow()
      const response = await fetch(`${url}/telegram/${row.path}`, {
        method: 'POST',
        headers: { 'x-telegram-bot-api-secret-token': bots?.find(row.path)?.secret ?? '' },
        body: JSON.stringify(update),
      })
      return response.status
    },
  }
}
