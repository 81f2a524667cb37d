import {
  acceptEvents,
  closeRegistration,
  eraseContact,
  finishRendering,
  loadMessagesToRender,
  preparedPool,
  type Database,
} from '@postino/database'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { Pool } from 'pg'
import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import {
  beginTurn,
  claim,
  CONTENT,
  createBot,
  createContact,
  newEvent,
  openTestDatabase,
  queue,
  record,
  type TestBot,
  type TestContact,
} from './database-under-test.ts'

// A message that ends moves to another partition, and Postgres answers whoever waited for its row with an error (40001).

const { url, db } = await openTestDatabase()

const ROUNDS = 200
const ENOUGH_CONFLICTS = 3
const MOST_ENDED_BY_OTHERS = 60

/** As the apps have it, with a count of the conflicts that Postgres reported. */
function openCounting(): { counted: Database; conflicts: () => number } {
  const pool = new Pool({ connectionString: url, max: 8 })
  let conflicts = 0
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>
    Object.assign(client, {
      query: (...given: unknown[]) => {
        const answer = query(...given)
        // What pg asks for itself has a callback.
        if (answer instanceof Promise)
          answer.catch((error: { code?: string }) => (conflicts += error.code === '40001' ? 1 : 0))
        return answer
      },
    })
  })
  const counted: Database = new Kysely({ dialect: new PostgresDialect({ pool: preparedPool(pool) }) })
  atEnd(() => counted.destroy())
  return { counted, conflicts: () => conflicts }
}

/** Rounds until Postgres has reported a few conflicts, so that the test is about them; answers how many it met. */
async function raceUntilMet(round: (counted: Database) => Promise<void>): Promise<number> {
  const { counted, conflicts } = openCounting()
  for (let count = 0; count < ROUNDS && conflicts() < ENOUGH_CONFLICTS; count += 1) await round(counted)
  return conflicts()
}

async function statusesOf(ids: string[]): Promise<Record<string, number>> {
  const { rows } = await sql<{ status: string; count: number }>`
    select status || coalesce(': ' || reason, '') as status, count(*)::int as count from messages
    where id = any (${ids}::bigint[]) group by 1`.execute(db)
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]))
}

async function prepare(count: number) {
  const bot = await createBot(db)
  const contact = await createContact(db, bot)
  const ids = await queue(
    db,
    bot,
    Array.from({ length: count }, () => contact),
  )
  return { bot, contact, ids }
}

/** Ends what waits one by one, from the last on, as somebody who takes rows in another order would. */
async function endOneByOne(counted: Database, ids: string[]): Promise<void> {
  for (const id of ids.toReversed())
    await sql`
      update messages set status = 'superseded', reason = 'superseded_by_newer', ended_at = clock_timestamp()
      where id = ${id} and ended_at is null and status = 'queued'`.execute(counted)
}

async function stop(counted: Database, { shopId }: TestBot, contact: TestContact): Promise<void> {
  const target = {
    registrationId: contact.registrationId,
    status: 'stopped',
    reason: 'registration_stopped',
  } as const
  await closeRegistration(counted, shopId, target)
}

/** Claims and records until nothing is left to claim. */
async function sendAll(counted: Database, bot: TestBot): Promise<void> {
  const turn = { ...bot, epoch: (await beginTurn(counted, bot, 0))!.epoch }
  for (let claimed = await claim(counted, turn); claimed.length > 0; claimed = await claim(counted, turn))
    for (const { id, status } of claimed)
      if (status === 'sending') expect(await record(counted, turn, { id, status: 'sent' })).toEqual([id])
}

async function stopAmongOthers(counted: Database, waiting: number): Promise<void> {
  const { bot, contact, ids } = await prepare(waiting)
  const last = ids.slice(-MOST_ENDED_BY_OTHERS)
  await Promise.all([
    sendAll(counted, bot),
    endOneByOne(counted, last),
    endOneByOne(counted, last.toReversed()),
    stop(counted, bot, contact),
  ])
  const { sent = 0, ...rest } = await statusesOf(ids)
  const superseded = rest['superseded: superseded_by_newer'] ?? 0
  const stopped = rest['suppressed: registration_stopped'] ?? 0
  expect(sent + superseded + stopped).toBe(waiting)
}

test('[PASS-28] STOP while a sender records and others end what waits: all have ended, once, and no error', async () => {
  const met = await raceUntilMet((counted) => stopAmongOthers(counted, MOST_ENDED_BY_OTHERS))
  expect(met).toBeGreaterThanOrEqual(ENOUGH_CONFLICTS)
  await stopAmongOthers(db, 1_000)
}, 60_000)

test('[U10] an erasure while results are recorded: every result is taken or the message erased, and no error', async () => {
  const met = await raceUntilMet(async (counted) => {
    const { bot, contact, ids } = await prepare(MOST_ENDED_BY_OTHERS)
    const [erasure] = await Promise.all([
      eraseContact(counted, bot.shopId, contact.contactId, { actor: 'test' }),
      sendAll(counted, bot),
      endOneByOne(counted, ids),
      endOneByOne(counted, ids.toReversed()),
    ])
    expect(erasure).toMatchObject({ status: 'erased' })
    const { rows } = await sql`
      select from messages where id = any (${ids}::bigint[])
        and (ended_at is null or recipient = ${contact.recipient} or content is not null)`.execute(db)
    expect(rows).toEqual([])
  })
  expect(met).toBeGreaterThanOrEqual(ENOUGH_CONFLICTS)
}, 60_000)

test('renderers that supersede each other’s news beside a STOP: each message ends or waits, and no error', async () => {
  const met = await raceUntilMet(async (counted) => {
    const bot = await createBot(db)
    const contact = await createContact(db, bot)
    const ids = await acceptNews(bot, contact, 40)
    const halves = [ids.filter((_, index) => index % 2 === 0), ids.filter((_, index) => index % 2 === 1)]
    await Promise.all([
      ...halves.map((half) => renderNews(counted, bot, contact, half)),
      stop(counted, bot, contact),
      endOneByOne(counted, ids),
    ])
    const statuses = await statusesOf(ids)
    expect(Object.values(statuses).reduce((sum, count) => sum + count, 0)).toBe(ids.length)
    expect(statuses['accepted'] ?? 0).toBe(0)
  })
  expect(met).toBeGreaterThanOrEqual(ENOUGH_CONFLICTS)
}, 60_000)

async function acceptNews(bot: TestBot, contact: TestContact, count: number): Promise<string[]> {
  const message = { recipient: contact.recipient, collapseKey: 'order 1' }
  const accepted = await acceptEvents(
    db,
    Array.from({ length: count }, () => newEvent(bot.shopId, [message])),
  )
  return accepted.flatMap((each) => (each.status === 'accepted' ? each.messages.map(({ id }) => id) : []))
}

async function renderNews(
  counted: Database,
  bot: TestBot,
  contact: TestContact,
  ids: string[],
): Promise<void> {
  for (let from = 0; from < ids.length; from += 5) {
    const batch = await loadMessagesToRender(counted, ids.slice(from, from + 5))
    await finishRendering(
      counted,
      batch.map(({ id, revision }) => ({
        id,
        revision,
        status: 'queued',
        contactId: contact.contactId,
        registrationId: contact.registrationId,
        botId: bot.botId,
        chatId: contact.chatId,
        templateId: '1',
        templateVersion: 1,
        content: CONTENT,
        replacesOlder: true,
      })),
    )
  }
}
