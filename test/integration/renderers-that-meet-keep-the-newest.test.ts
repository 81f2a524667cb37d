import {
  closeRegistration,
  eraseContact,
  finishRendering,
  loadMessagesToRender,
  releaseDeferred,
  type Database,
  type RenderOutcome,
} from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  accept,
  beginTurn,
  claim,
  CONTENT,
  createBot,
  createContacts,
  openDatabase,
  openTestDatabase,
  record,
  type TestBot,
  type TestContact,
} from './database-under-test.ts'

const { url, db } = await openTestDatabase()

// What is called for, in its order.
await sql`create table calls (id bigint generated always as identity, message_id bigint)`.execute(db)
await sql`create function note_call() returns trigger language plpgsql as $$ begin
  insert into calls (message_id) values (new.id);
  return null;
end $$`.execute(db)
await sql`create trigger note_call after update of status on messages for each row
  when (new.status = 'sending') execute function note_call()`.execute(db)

const [ROUNDS, BATCH] = [50, 20]

function shuffled<T>(items: T[]): T[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

/** One in six is deferred for some milliseconds, one in ten cannot be rendered. */
async function render(database: Database, ids: string[]): Promise<void> {
  const loaded = await loadMessagesToRender(database, ids)
  const outcomes = loaded.map(({ id, contact, registration }): RenderOutcome => {
    if (contact === null || registration?.status !== 'active')
      return { status: 'suppressed', id, reason: 'not_registered' }
    if (Number(id) % 10 === 0) return { status: 'failed', id, reason: 'template_failed' }
    const { id: contactId } = contact
    if (Math.random() < 1 / 6)
      return { status: 'deferred', id, contactId, dueAtMs: Date.now() + 20, replacesOlder: true }
    const { id: registrationId, botId, chatId } = registration
    const text = { templateId: '1', templateVersion: 1, content: CONTENT }
    return { status: 'queued', id, contactId, registrationId, botId, chatId, ...text, replacesOlder: true }
  })
  await finishRendering(database, shuffled(outcomes))
}

/** Renders whatever is there, in any order, some of it twice, until there is nothing more. */
async function renderUntil(database: Database, shopId: string, isOver: () => boolean): Promise<void> {
  for (;;) {
    const over = isOver()
    await releaseDeferred(database, { limit: 5 })
    const ids = await listAccepted(database, shopId)
    if (ids.length === 0 && over) return
    await render(database, shuffled(ids).slice(0, BATCH))
    await new Promise(setImmediate)
  }
}

async function listAccepted(database: Database, shopId: string): Promise<string[]> {
  const rows = await database
    .selectFrom('messages')
    .select('id')
    .where('shop_id', '=', shopId)
    .where('status', '=', 'accepted')
    .execute()
  return rows.map(({ id }) => id)
}

/** Sends until nothing is left; one call in five has no answer in time, one is to be repeated. */
async function sendUntil(database: Database, bot: TestBot, isOver: () => boolean): Promise<void> {
  for (;;) {
    const over = isOver()
    const begun = await beginTurn(database, bot, 5)
    const turn = { ...bot, epoch: begun!.epoch }
    const claims = await claim(database, turn, { take: 3 })
    for (const { id, status } of claims) {
      if (status !== 'sending') continue
      const answers = ['sent', 'sent', 'sent', 'unknown', 'queued'] as const
      const answer = answers[Math.floor(Math.random() * answers.length)]!
      await record(database, turn, { id, status: answer, dueInMs: answer === 'queued' ? 1 : undefined }, 5)
    }
    if (claims.length === 0 && over && (await countOpen(database, bot)) === 0) return
  }
}

async function countOpen(database: Database, { shopId }: TestBot): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    select count(*)::int as open from messages where shop_id = ${shopId}
      and (status in ('accepted', 'queued', 'sending') or status = 'unknown' and due_at is not null)`.execute(
    database,
  )
  return rows[0]!.open
}

interface Row {
  id: string
  about: string
  sequence: number | null
  status: string
  reason: string | null
  by: Row | undefined
}

async function readRows(shopId: string): Promise<{ all: Row[]; told: Row[] }> {
  const { rows } = await sql<Row & { superseded_by: string | null }>`
    select id, recipient || ' ' || collapse_key as about, sequence::int, status, reason, superseded_by from messages
    where shop_id = ${shopId} and collapse_key is not null order by id`.execute(db)
  const byId = new Map(rows.map((row) => [row.id, row]))
  for (const row of rows) row.by = row.superseded_by === null ? undefined : byId.get(row.superseded_by)
  const calls = await sql<{ message_id: string }>`select message_id from calls order by id`.execute(db)
  return {
    all: rows,
    told: calls.rows.flatMap(({ message_id: id }) => byId.get(id) ?? []),
  }
}

/** Not before `other`: by their numbers, or else as they were accepted. */
function isAfter(row: Row, other: Row): boolean {
  return row.sequence === null || other.sequence === null
    ? Number(row.id) >= Number(other.id)
    : row.sequence >= other.sequence
}

test('[U4] renderers, senders, STOP and erasures side by side: of each thing the news goes forward, and its newest is told or has a reason of its own', async () => {
  const bot = await createBot(db)
  const people = await createContacts(db, bot, 5)
  const [stopped, erased, ...others] = people as [TestContact, TestContact, ...TestContact[]]
  const pools = Array.from({ length: 4 }, () => openDatabase(url, 3))
  let [hasAccepted, hasRendered] = [false, false]

  async function acceptAll({ recipient }: TestContact): Promise<void> {
    for (let round = 1; round <= ROUNDS; round++) {
      // Of one thing the numbers come in no certain order; the last is the greatest.
      const sequence = String(round === ROUNDS ? 1_000 : 1 + Math.floor(Math.random() * 500))
      await accept(db, bot, [
        { recipient, collapseKey: 'order 1' },
        { recipient, collapseKey: 'order 2' },
        { recipient, collapseKey: 'order 3', sequence },
      ])
    }
  }
  async function leave(): Promise<void> {
    const { registrationId } = stopped
    await closeRegistration(db, bot.shopId, {
      registrationId,
      status: 'stopped',
      reason: 'registration_stopped',
    })
    await eraseContact(db, bot.shopId, erased.contactId, { actor: 'test' })
  }

  const rendering = pools.slice(0, 3).map((pool) => renderUntil(pool, bot.shopId, () => hasAccepted))
  await Promise.all([
    Promise.all([...people.map(acceptAll), leave()]).finally(() => (hasAccepted = true)),
    Promise.all(rendering).finally(() => (hasRendered = true)),
    ...pools.slice(2).map((pool) => sendUntil(pool, bot, () => hasRendered)),
  ])

  const { all, told } = await readRows(bot.shopId)
  for (const row of all.filter(({ status }) => status === 'superseded')) {
    expect(row.by, row.id).toBeDefined()
    expect(isAfter(row.by!, row), `${row.id} by ${row.by!.id}`).toBe(true)
    expect(['sent', 'unknown', 'superseded', 'suppressed', 'failed']).toContain(row.by!.status)
  }
  for (const { recipient } of others) {
    for (const key of ['order 1', 'order 2', 'order 3']) {
      const news = all.filter(({ about }) => about === `${recipient} ${key}`)
      expect(news).toHaveLength(ROUNDS)
      const calls = told.filter(({ about }) => about === `${recipient} ${key}`)
      for (const [index, row] of calls.entries())
        if (index > 0) expect(isAfter(row, calls[index - 1]!), `${key}: ${row.id}`).toBe(true)
      const newest = news.reduce((best, row) => (isAfter(row, best) ? row : best))
      expect(['sent', 'unknown', 'failed'], `${key}: ${newest.id} ${newest.reason}`).toContain(newest.status)
    }
  }
})
