import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  API_KEY_SCOPES,
  bindChat,
  createDatabase,
  createKeyring,
  generateApiKey,
  insertApiKey,
  insertConsents,
  insertShop,
  insertStarterTemplates,
  migrateToLatest,
  parseSecretKeys,
  upsertBot,
  upsertContact,
  type Database,
} from '@postino/database'
import { PURPOSES, type Purpose } from '@postino/domain'
import { startCluster, type Cluster, type ClusterOptions } from '@postino/embedded'
import { CHECKER_VERSION, starterTemplates } from '@postino/templates'
import { waitUntil } from './wait-until.ts'

/** A whole Postino on throw-away data, every app a process of its own, with one shop, its key and its bot. */
export interface TrialShop {
  cluster: Cluster & { emulatorUrl: string }
  database: Database
  shopId: string
  apiKey: string
  bot: { id: string; telegramId: number; username: string }
  /** A contact who has started the bot and agreed to the purposes, in the database and in the emulator. */
  addRegistered(person: TrialPerson): Promise<{ chat: string }>
  /** Calls the emulator's control API. */
  emulator(method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, body?: object): Promise<unknown>
  post(events: object): Promise<Response>
  /** Asks the management API as the shop does; throws for what it refuses. */
  ask(method: string, path: string, body?: object): Promise<Record<string, unknown>>
  /** Reports an event; answers the status in which its message ended, or the reason for it. */
  report(event: { id: string; type: string; data: object }): Promise<string>
  logFolder: string
  stop(): Promise<void>
}

export interface TrialPerson {
  externalId: string
  telegramId: number
  firstName: string
  locale: string
  purposes?: readonly Purpose[]
}

export async function startTrialShop(options: { env?: ClusterOptions['env'] } = {}): Promise<TrialShop> {
  const folder = mkdtempSync(join(tmpdir(), 'postino-trial-'))
  const secretKeys = `trial:${randomBytes(32).toString('base64')}`
  const secretKeysFile = join(folder, 'secret-keys')
  writeFileSync(secretKeysFile, secretKeys, { mode: 0o600 })
  const logFolder = join(folder, 'logs')
  const started = await startCluster({ ...options, logFolder, secretKeysFile, prepare: migrate })
  const { emulatorUrl, databaseUrl } = started
  if (emulatorUrl === undefined) throw new Error('a cluster without another Bot API has the emulator')
  const cluster = { ...started, emulatorUrl }
  const database = createDatabase({ url: databaseUrl, poolMax: 4, applicationName: 'postino-trial' })
  const emulator = createControl(emulatorUrl)
  const shop = await createTrialShop(database, { secretKeys, emulator })
  const request = createRequest(shop.apiKey)
  return {
    cluster,
    database,
    ...shop,
    logFolder,
    emulator,
    addRegistered: (person) => addRegistered({ database, emulator, ...shop }, person),
    post: (events) =>
      fetch(`${cluster.ingestUrl}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${shop.apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(events),
      }),
    ask: (method, path, body) => request(cluster.consoleUrl + path, { method, body }),
    async report(event) {
      const trail = `${cluster.ingestUrl}/v1/events/${event.id}`
      await request(`${cluster.ingestUrl}/v1/events`, { method: 'POST', body: event })
      return await waitUntil(async () => endOf(await request(trail, { method: 'GET' })))
    },
    async stop() {
      await database.close()
      await cluster.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function createRequest(apiKey: string) {
  return async (
    url: string,
    { method, body }: { method: string; body?: object | undefined },
  ): Promise<Record<string, unknown>> => {
    const response = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const answer = response.status === 204 ? {} : ((await response.json()) as Record<string, unknown>)
    if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${JSON.stringify(answer)}`)
    return answer
  }
}

/** How the first message of an event ended; undefined as long as it has not. */
function endOf(trail: object): string | undefined {
  const { events } = trail as { events: { messages: { status: string; reason?: { code: string } }[] }[] }
  const message = events[0]?.messages[0]
  const isOpen = message === undefined || ['accepted', 'queued', 'sending'].includes(message.status)
  return isOpen ? undefined : (message.reason?.code ?? message.status)
}

async function migrate(url: string): Promise<void> {
  const database = createDatabase({ url, poolMax: 1, applicationName: 'postino-migrate' })
  try {
    await migrateToLatest(database)
  } finally {
    await database.close()
  }
}

function createControl(emulatorUrl: string): TrialShop['emulator'] {
  return async (method, path, body) => {
    const response = await fetch(`${emulatorUrl}/emulator${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer: unknown = await response.json()
    if (!response.ok) throw new Error(`the emulator refused ${method} ${path}: ${JSON.stringify(answer)}`)
    return answer
  }
}

async function createTrialShop(
  database: Database,
  { secretKeys, emulator }: { secretKeys: string; emulator: TrialShop['emulator'] },
) {
  const shop = await insertShop(database, {
    slug: 'trial',
    name: 'Bottega Faenza',
    locale: 'en',
    timeZone: 'Europe/Rome',
    supportContact: 'help@trial.example',
    privacyUrl: 'https://trial.example/privacy',
  })
  if (shop === undefined) throw new Error('the trial shop is there already')
  await insertStarterTemplates(database, shop.id, starterTemplates, CHECKER_VERSION)
  const key = generateApiKey('test')
  await insertApiKey(database, shop.id, {
    ...key,
    name: 'trial',
    environment: 'test',
    scopes: API_KEY_SCOPES,
  })
  const added = (await emulator('POST', '/bots', {
    username: 'bottega_faenza_bot',
    name: 'Bottega Faenza',
  })) as {
    id: number
    token: string
  }
  const keyring = createKeyring(parseSecretKeys(secretKeys))
  const bot = await upsertBot(database, shop.id, {
    telegramId: added.id,
    username: 'bottega_faenza_bot',
    name: 'Bottega Faenza',
    token: added.token,
    keyring,
  })
  if (bot === undefined) throw new Error('the trial bot belongs to somebody else')
  return {
    shopId: shop.id,
    apiKey: key.text,
    bot: { id: bot.id, telegramId: added.id, username: bot.username },
  }
}

type Registrar = Pick<TrialShop, 'database' | 'emulator' | 'shopId' | 'bot'>

async function addRegistered(
  { database, emulator, shopId, bot }: Registrar,
  person: TrialPerson,
): Promise<{ chat: string }> {
  const { externalId, telegramId, firstName, locale, purposes = PURPOSES } = person
  await emulator('POST', '/people', {
    id: telegramId,
    first_name: firstName,
    language_code: locale.slice(0, 2),
  })
  await emulator('POST', `/people/${telegramId}/start`, { bot: bot.telegramId })
  const { id: contactId } = await upsertContact(database, shopId, { externalId, firstName, locale })
  await bindChat(database, shopId, {
    botId: bot.id,
    contactId,
    chatId: telegramId,
    telegramUserId: telegramId,
    source: 'trial',
    purposes,
    update: { date: Math.floor(Date.now() / 1_000), id: 0 },
  })
  await insertConsents(
    database,
    shopId,
    contactId,
    purposes.map((purpose) => ({
      purpose,
      action: 'granted',
      source: 'trial',
      actor: 'contact',
      evidence: { update_id: 0 },
    })),
  )
  return { chat: `${bot.telegramId}:${telegramId}` }
}
