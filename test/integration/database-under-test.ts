import assert from 'node:assert/strict'
import {
  acceptEvents,
  attemptsOf,
  beginTurns,
  bindChat,
  claimMessages,
  createDatabase,
  createKeyring,
  findNextDueMs,
  finishRendering,
  giveUpSending,
  insertConsents,
  insertShop,
  loadMessagesToRender,
  recordResults,
  upsertBot,
  upsertContact,
  type BegunTurn,
  type Claim,
  type Database,
  type NewEvent,
  type NewMessage,
  type SendResult,
} from '@postino/database'
import { sql } from 'kysely'
import { atEnd } from '../support/at-end.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import { waitUntil } from '../support/wait-until.ts'

/** Long enough to come never while a test runs. */
export const RESEND_AFTER_MS = 45_000

/** Waits until a connection to the database waits for a lock. */
export async function waitForBlocked(db: Database): Promise<void> {
  await waitUntil(async () => {
    const { rows } = await sql`
      select pid from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
    return rows.length > 0
  })
}

export const CONTENT = { html: 'Ciao', buttons: [], silent: false }

/** A connection pool of its own, closed at the end of the test or file. */
export function openDatabase(url: string, poolMax = 10): Database {
  const db = createDatabase({ url, poolMax, applicationName: 'test' })
  atEnd(() => db.close())
  return db
}

export async function openTestDatabase(): Promise<{ url: string; db: Database }> {
  const url = await createTestDatabase()
  return { url, db: openDatabase(url) }
}

let made = 0
/** Tells what different tests of a file make apart. */
function nextNumber(): number {
  return ++made
}

export interface TestBot {
  shopId: string
  botId: string
}

/** Takes one bot over, as after a turn of which nothing is known. */
export async function beginTurn(
  db: Database,
  bot: TestBot,
  resendAfterMs: number,
): Promise<BegunTurn | undefined> {
  const [begun] = await beginTurns(db, [bot])
  if (begun !== undefined) await giveUpSending(db, [begun], resendAfterMs)
  return begun
}

/** Milliseconds until one bot's next message is due. */
export async function nextDueMs(db: Database, { botId }: TestBot): Promise<number | undefined> {
  return (await findNextDueMs(db, [botId]))[0]
}

/** A shop that rests order updates on the contract, with an active bot. */
export async function createBot(db: Database, contractPurposes = ['order_updates']): Promise<TestBot> {
  const slug = `shop-${nextNumber()}`
  const shop = await insertShop(db, { slug, name: slug, locale: 'it', timeZone: 'Europe/Rome' })
  assert(shop !== undefined)
  await sql`update shops set contract_purposes = ${contractPurposes} where id = ${shop.id}`.execute(db)
  return await addBot(db, shop.id)
}

export async function addBot(db: Database, shopId: string): Promise<TestBot> {
  const telegramId = 1_000 + nextNumber()
  const keyring = createKeyring(new Map([['test', Buffer.alloc(32)]]))
  const bot = await upsertBot(db, shopId, { telegramId, username: 'b', name: 'b', token: 't', keyring })
  assert(bot !== undefined)
  return { shopId, botId: bot.id }
}

export interface TestContact {
  recipient: string
  contactId: string
  registrationId: string
  chatId: string
}

/** A contact whose chat with the bot is open; nothing is agreed to. */
export async function createContact(db: Database, bot: TestBot): Promise<TestContact> {
  const number = nextNumber()
  const recipient = `contact-${number}`
  const chatId = 500_000 + number
  const contact = await upsertContact(db, bot.shopId, { externalId: recipient })
  const bound = await bindChat(db, bot.shopId, {
    botId: bot.botId,
    contactId: contact.id,
    chatId,
    telegramUserId: chatId,
    source: 'test',
    purposes: ['order_updates', 'marketing'],
    update: { date: 1_000, id: 1 },
  })
  assert(bound !== undefined)
  return { recipient, contactId: contact.id, registrationId: bound.id, chatId: String(chatId) }
}

export async function createContacts(db: Database, bot: TestBot, count: number): Promise<TestContact[]> {
  const contacts: TestContact[] = []
  while (contacts.length < count) contacts.push(await createContact(db, bot))
  return contacts
}

/** Adds to the ledger as the bot does. */
export async function decide(
  db: Database,
  bot: TestBot,
  act: { contactId: string; purpose: string; action: 'granted' | 'withdrawn' },
): Promise<void> {
  const { contactId, purpose, action } = act
  const entry = { purpose, action, source: 'test', actor: 'contact', evidence: { update_id: 1 } }
  await insertConsents(db, bot.shopId, contactId, [entry])
}

/** An event that tells these recipients, under an id of its own. */
export function newEvent(
  shopId: string,
  messages: (Partial<NewMessage> & { recipient: string })[],
  { body = { data: {} }, ...more }: Partial<Omit<NewEvent, 'body'>> & { body?: object } = {},
): NewEvent {
  return {
    shopId,
    source: '/test',
    eventId: `event-${nextNumber()}`,
    kind: 'order.status_changed',
    body: JSON.stringify(body),
    fingerprint: 'same',
    receivedOver: 'http',
    messages: messages.map((message) => ({
      role: 'customer',
      state: 'paid',
      purpose: 'order_updates',
      lane: 0,
      ...message,
    })),
    ...more,
  }
}

/** One accepted message for each, in this order; returns their ids. */
export async function accept(
  db: Database,
  bot: TestBot,
  messages: (Partial<NewMessage> & { recipient: string })[],
): Promise<string[]> {
  const acceptances = await acceptEvents(
    db,
    messages.map((message) => newEvent(bot.shopId, [message])),
  )
  return acceptances.flatMap((acceptance) => {
    assert(acceptance.status === 'accepted')
    return acceptance.messages.map(({ id }) => id)
  })
}

// As many as a render job names.
const RENDERED_TOGETHER = 50

/** Renders accepted messages into the queue, as the renderer would; returns the bots to wake. */
export async function render(db: Database, ids: string[]): Promise<TestBot[]> {
  const bots = new Map<string, TestBot>()
  for (let from = 0; from < ids.length; from += RENDERED_TOGETHER)
    for (const bot of await renderBatch(db, ids.slice(from, from + RENDERED_TOGETHER)))
      bots.set(bot.botId, bot)
  return [...bots.values()]
}

async function renderBatch(db: Database, ids: string[]): Promise<TestBot[]> {
  const loaded = await loadMessagesToRender(db, ids)
  const { bots } = await finishRendering(
    db,
    loaded.map(({ id, contact, registration }) => {
      assert(contact !== null && registration !== null)
      return {
        status: 'queued',
        id,
        contactId: contact.id,
        registrationId: registration.id,
        botId: registration.botId,
        chatId: registration.chatId,
        templateId: '1',
        templateVersion: 1,
        content: CONTENT,
      }
    }),
  )
  return bots
}

/** One queued message for each, in this order; returns their ids. */
export async function queue(
  db: Database,
  bot: TestBot,
  messages: (Partial<NewMessage> & { recipient: string })[],
): Promise<string[]> {
  const ids = await accept(db, bot, messages)
  await render(db, ids)
  return ids
}

export type Turn = TestBot & { epoch: string }

/** What a turn claims to send and what it closes on the way. */
export async function claim(
  db: Database,
  turn: Turn,
  { take = 100, busyChats = [] }: { take?: number; busyChats?: string[] } = {},
): Promise<Claim[]> {
  const { shopId, botId, epoch } = turn
  return await claimMessages(db, [{ shopId, botId, epoch, take, busyChats }])
}

/** The ids of what is claimed to be sent, in order. */
export async function claimIds(...args: Parameters<typeof claim>): Promise<string[]> {
  const claims = await claim(...args)
  return claims.filter(({ status }) => status === 'sending').map(({ id }) => id)
}

export async function record(
  db: Database,
  turn: Turn,
  result: Partial<SendResult> & Pick<SendResult, 'id' | 'status'>,
  resendAfterMs = RESEND_AFTER_MS,
): Promise<string[]> {
  const { shopId, epoch } = turn
  return await recordResults(db, [{ shopId, epoch, countsAsAttempt: true, ...result }], resendAfterMs)
}

export async function findMessage(db: Database, id: string) {
  return await db.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** `status` and `status: reason` of each, in the order of the ids. */
export async function listStatuses(db: Database, ids: string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('messages')
    .select(['id', 'status', 'reason'])
    .where('id', 'in', ids)
    .execute()
  return ids.map((id) => {
    const row = rows.find((candidate) => candidate.id === id)
    assert(row !== undefined, `there is no message ${id}`)
    return row.reason === null ? row.status : `${row.status}: ${row.reason}`
  })
}

export interface TestAttempt {
  messageId: string
  botId: string | null
  epoch: string
  startedAt: Date
  endedAt: Date
  outcome: string
  description: string | null
}

/** Every call that was made, wherever it is kept; of one message, if it is named. */
export async function listAttempts(db: Database, messageId?: string): Promise<TestAttempt[]> {
  const { rows } = await sql<TestAttempt>`
    select message.id as "messageId", message.bot_id as "botId", attempt.epoch, attempt.started_at as "startedAt",
      attempt.ended_at as "endedAt", attempt.outcome, attempt.description
    from messages message cross join lateral (${attemptsOf()}) attempt
    where ${messageId ?? null}::bigint is null or message.id = ${messageId ?? null}
    order by message.id, attempt.started_at`.execute(db)
  return rows
}
