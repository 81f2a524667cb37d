import {
  beginTurns,
  claimMessages,
  createDatabase,
  insertShop,
  migrateToLatest,
  recordResults,
  type Database,
} from '@postino/database'
import { sql } from 'kysely'
import { queueMessages, registerPeople } from '../stage/seed.ts'

/** A database with one bot and its queue. */
export interface Backlog extends AsyncDisposable {
  /** One claim as the sender makes it, in milliseconds; what it took is sent then. */
  claim(): Promise<number>
}

export interface BacklogShape {
  chats: number
  perChat: number
  isByChat: boolean
}

// A quarter second's worth of a bot at its limit.
const TAKE = 8
const RESEND_AFTER_MS = 45_000

/** @param serverUrl any database of the server; the new one stays until the server ends */
export async function openBacklog(serverUrl: string, shape: BacklogShape): Promise<Backlog> {
  const database = createDatabase({
    url: await createEmptyDatabase(serverUrl),
    poolMax: 2,
    applicationName: 'postino-bench',
  })
  await migrateToLatest(database)
  const bot = await queueAll(database, shape)
  const [begun] = await beginTurns(database, [bot])
  if (begun === undefined) throw new Error('the bot is not active')
  const { epoch } = begun
  return {
    async claim() {
      const startedAtMs = performance.now()
      const claims = await claimMessages(database, [{ ...bot, epoch, take: TAKE, busyChats: [] }])
      const tookMs = performance.now() - startedAtMs
      if (claims.length === 0) throw new Error('nothing was claimed')
      const nowMs = Date.now()
      const attempt = { startedAtMs: nowMs, endedAtMs: nowMs, outcome: 'sent' }
      await recordResults(
        database,
        claims.map(({ id }) => ({ ...bot, id, epoch, status: 'sent', countsAsAttempt: true, attempt })),
        RESEND_AFTER_MS,
      )
      return tookMs
    },
    [Symbol.asyncDispose]: () => database.close(),
  }
}

let databases = 0

async function createEmptyDatabase(serverUrl: string): Promise<string> {
  databases += 1
  const name = `backlog_${databases}`
  await using server = createDatabase({ url: serverUrl, poolMax: 1, applicationName: 'postino-bench' })
  await sql`create database ${sql.id(name)}`.execute(server)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

async function queueAll(database: Database, { chats, perChat, isByChat }: BacklogShape) {
  const shop = await insertShop(database, { slug: 'bench', name: 'Bench', locale: 'en', timeZone: 'UTC' })
  if (shop === undefined) throw new Error('the shop is there already')
  const { id: botId } = await database
    .insertInto('bots')
    .values({
      shop_id: shop.id,
      telegram_id: 1,
      username: 'bot_1',
      name: 'Bench',
      token_key_id: 'bench',
      token_ciphertext: Buffer.alloc(1),
      webhook_path: 'path',
      webhook_secret_key_id: 'bench',
      webhook_secret_ciphertext: Buffer.alloc(1),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await registerPeople(database, shop.id, chats)
  const fleet = { shopId: shop.id, bots: [{ shopId: shop.id, botId }], chats, telegramBots: [] }
  await queueMessages(database, fleet, { perChat, lane: 2, isByChat })
  await sql`vacuum (analyze) messages, contacts, registrations`.execute(database)
  return { shopId: shop.id, botId }
}
