import { randomBytes } from 'node:crypto'
import {
  createDatabase,
  createKeyring,
  insertShop,
  parseSecretKeys,
  pingDatabase,
  upsertBot,
  type Database,
} from '@postino/database'
import { createEmulator, type BotView, type Emulator, type Settings } from '@postino/emulator'
import { createLogger, createMetrics } from '@postino/runtime'
import { createTelegramTransport } from '@postino/telegram'
import { SYSTEM_CLOCK } from '@postino/bot/bot/clock.ts'
import { createBotFactory } from '@postino/bot/bot/create-bot.ts'
import { createComposer } from '@postino/bot/bot/create-composer.ts'
import type { BotPace } from '@postino/bot/bot/reply-pace.ts'
import { createTelegramLogin } from '@postino/bot/login/telegram-login.ts'
import { createBotMetrics } from '@postino/bot/metrics.ts'
import { createPages } from '@postino/bot/pages/create-pages.ts'
import { listenByPolling } from '@postino/bot/serve/listen-by-polling.ts'
import { listenByWebhook } from '@postino/bot/serve/listen-by-webhook.ts'
import { serveBots } from '@postino/bot/serve/serve-bots.ts'
import { createAnswerWebhook } from '@postino/bot/serve/answer-webhook.ts'
import { createHttpServer } from '@postino/bot/serve/http-server.ts'
import { atEnd } from '../support/at-end.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createBotRecords, type BotRecords } from './bot-records.ts'
import { createPhone, type Phone } from './phone.ts'

export type Mode = 'webhook' | 'polling'

/** A shop with its bot, and a Telegram with people; nobody serves the bot yet. */
export interface BotScene extends BotRecords {
  database: Database
  databaseUrl: string
  emulator: Emulator
  secretKeys: string
  loginIssuer: string | undefined
  shopId: string
  bot: ServedBotView
  addShop(name: string): Promise<{ shopId: string; bot: ServedBotView }>
  /** Another bot of the shop. */
  addBot(): Promise<ServedBotView>
  /** Somebody with a Telegram of this language. */
  addPhone(person?: { language?: string; firstName?: string; lastName?: string; phoneNumber?: string }): Phone
  /** Serves the bots of this database, as one process of apps/bot does. */
  serve(mode: Mode, pace?: BotPace): Promise<BotProcess>
}

export interface ServedBotView extends BotView {
  /** In our database. */
  rowId: string
}

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
  /** Of Log in with Telegram; without one the pages offer none. */
  loginIssuer?: string
}

/** Where the shops' pages are. */
export const PUBLIC_URL = 'https://bot.postino.example'

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
    return { shopId: shop.id, bot: await addBotOf(shop.id, name) }
  }

  async function addBotOf(ownerId: string, name: string): Promise<ServedBotView> {
    addedBots += 1
    const id = 7_000_000 + addedBots
    const view = emulator.bots.add({ id, username: `shop_${addedBots}_bot`, name })
    const row = await upsertBot(database, ownerId, { ...view, telegramId: view.id, keyring })
    if (row === undefined) throw new Error('the bot belongs to somebody else')
    return { ...view, rowId: row.id }
  }

  const { shopId, bot } = await addShop('Bottega Faenza')
  const scene: BotScene = {
    database,
    databaseUrl,
    emulator,
    secretKeys,
    loginIssuer: options.loginIssuer,
    shopId,
    bot,
    addShop,
    addBot: () => addBotOf(shopId, 'Bottega Faenza'),
    ...createBotRecords({ database, shopId, botId: bot.rowId }),
    addPhone({ language = 'en', firstName = 'Ada', lastName, phoneNumber } = {}) {
      const person = emulator.people.add({
        first_name: firstName,
        language_code: language,
        ...(lastName !== undefined && { last_name: lastName }),
        ...(phoneNumber !== undefined && { phone_number: phoneNumber }),
      })
      return createPhone(emulator, bot, person)
    },
    serve: (mode, pace) => serve(scene, mode, pace),
  }
  return scene
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
    publicUrl: PUBLIC_URL,
  })

  let bots: ReturnType<typeof serveBots> | undefined
  const keyring = createKeyring(parseSecretKeys(scene.secretKeys))
  const findBot = (id: string) => bots?.findById(id)
  const { loginIssuer: issuer } = scene
  const pages = createPages({
    database,
    publicUrl: undefined,
    addressHeader: 'x-test-address',
    retention: { eventData: 30, messageContent: 90, trail: 730, consentVisitors: 90, consentDetails: 0 },
    login:
      issuer === undefined
        ? undefined
        : createTelegramLogin({ issuer, database, keyring, findBot, nowMs: Date.now, logger }),
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
