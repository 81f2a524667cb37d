import assert from 'node:assert/strict'
import {
  acceptEvents,
  claimMessages,
  closeRegistration,
  findNextDueMs,
  findMessageTrail,
  findRegistrationByChat,
  finishRendering,
  insertConsents,
  listEventTrails,
  listForgottenBots,
  listForgottenMessages,
  loadMessagesToRender,
  moveChat,
  recordResults,
  releaseDeferred,
  takeReplySlot,
  type Database,
} from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { beginTurn, CONTENT, newEvent, openTestDatabase, RESEND_AFTER_MS } from './database-under-test.ts'
import { fillMessages, fillTrail, spreadOverWeeks } from './large-tables.ts'
import { createExplain, listNodes, rowsRead } from './statement-plans.ts'

const { url, db } = await openTestDatabase()
const bot = await fillMessages(db, 20_000, { sent: 20_000, accepted: 3_000, queued: 6_000, unknown: 300 })
await fillTrail(db, bot)
await spreadOverWeeks(db, 20)
// News of so many things that most have some more; a few deferred, a few resends that are due.
await sql`update messages set collapse_key = 'order ' || id % 7000, sequence = case when id % 3 = 0 then id::text end`.execute(
  db,
)
await sql`
  update messages set due_at = now() + interval '1 minute' * (id % 100 - 50) where status = 'accepted' and id % 4 = 0`.execute(
  db,
)
await sql`update messages set due_at = now() where status = 'unknown' and id % 10 = 0`.execute(db)
await sql`analyze`.execute(db)
const explain = createExplain(url)

const LARGE = new Set(['events', 'messages', 'attempts', 'contacts', 'registrations', 'consents'])

const { epoch } = (await beginTurn(db, bot, RESEND_AFTER_MS))!
const accepted = await listIds('accepted', 50, sql`due_at is null`)
const queued = await listIds('queued', 20)
await sql`update messages set status = 'sending', epoch = ${epoch}, claimed_at = now() where id = any (${queued}::bigint[])`.execute(
  db,
)
const sent = await listIds('sent', 1)
const registration = await db
  .selectFrom('registrations')
  .selectAll()
  .where('shop_id', '=', bot.shopId)
  .limit(1)
  .executeTakeFirstOrThrow()

async function listIds(status: string, count: number, more = sql`true`): Promise<string[]> {
  const rows = await db
    .selectFrom('messages')
    .select('id')
    .where('status', '=', status)
    .where(sql<boolean>`${more}`)
    .limit(count)
    .execute()
  return rows.map(({ id }) => id)
}

const rendered = accepted.map((id, index) =>
  index % 2 === 0
    ? { status: 'suppressed' as const, id, reason: 'no_consent' }
    : {
        status: 'queued' as const,
        id,
        contactId: registration.contact_id,
        registrationId: registration.id,
        botId: bot.botId,
        chatId: registration.chat_id,
        templateId: '1',
        templateVersion: 1,
        content: CONTENT,
        replacesOlder: true,
      },
)
const deferred = accepted.map((id) => ({
  status: 'deferred' as const,
  id,
  contactId: registration.contact_id,
  dueAtMs: Date.now() + 60_000,
  replacesOlder: true,
}))

const results = queued.map((id) => ({
  shopId: bot.shopId,
  id,
  epoch,
  status: 'sent' as const,
  countsAsAttempt: true,
  attempt: { startedAtMs: 1, endedAtMs: 2, outcome: 'sent' },
}))

const { shopId, botId } = bot
const PACE = { sharedGapMs: 250, aloneGapMs: 40, unawareMs: 1_300 }
const target = { registrationId: registration.id, status: 'stopped' as const, reason: 'x' }

const HOT: Record<string, (db: Database) => Promise<unknown>> = {
  acceptEvents: (trx) => acceptEvents(trx, manyEvents(100)),
  'acceptEvents, one': (trx) => acceptEvents(trx, manyEvents(1)),
  'acceptEvents again': (trx) =>
    acceptEvents(trx, [newEvent(shopId, [{ recipient: 'contact-1' }], { eventId: `event-of-${sent[0]}` })]),
  loadMessagesToRender: (trx) => loadMessagesToRender(trx, accepted),
  finishRendering: (trx) => finishRendering(trx, rendered),
  'finishRendering, deferred': (trx) => finishRendering(trx, deferred),
  releaseDeferred: (trx) => releaseDeferred(trx, { limit: 1_000 }),
  beginTurn: (trx) => beginTurn(trx, bot, RESEND_AFTER_MS),
  claimMessages: (trx) => claimMessages(trx, [{ ...bot, epoch, take: 8, busyChats: ['1001', '1002'] }]),
  recordResults: (trx) => recordResults(trx, results, RESEND_AFTER_MS),
  findNextDueMs: (trx) => findNextDueMs(trx, [botId]),
  listForgottenMessages: (trx) => listForgottenMessages(trx, { olderThanMs: 15_000, limit: 5_000 }),
  listForgottenBots: (trx) => listForgottenBots(trx, { idleMs: 15_000, limit: 5_000 }),
  closeRegistration: (trx) => closeRegistration(trx, shopId, target),
  moveChat: (trx) => moveChat(trx, shopId, { registrationId: registration.id, chatId: '-5' }),
  findRegistrationByChat: (trx) => findRegistrationByChat(trx, shopId, { botId, chatId: 1_001 }),
  takeReplySlot: (trx) => takeReplySlot(trx, shopId, { botId, chatId: 1_001, pace: PACE }),
  insertConsents: (trx) =>
    insertConsents(trx, shopId, registration.contact_id, [
      { purpose: 'marketing', action: 'granted', source: 's', actor: 'a', evidence: {} },
    ]),
  'insertConsents, withdrawn': (trx) =>
    insertConsents(trx, shopId, registration.contact_id, [
      { purpose: 'marketing', action: 'withdrawn', source: 's', actor: 'a', evidence: {} },
    ]),
  findMessageTrail: (trx) => findMessageTrail(trx, shopId, sent[0]!),
  listEventTrails: (trx) => listEventTrails(trx, shopId, { eventId: `event-of-${sent[0]}` }),
}

function manyEvents(count: number) {
  return Array.from({ length: count }, (_, index) =>
    newEvent(shopId, [{ recipient: `contact-${index + 1}` }]),
  )
}

test.each(Object.keys(HOT))('%s finds what it needs by indexes', async (name) => {
  const work = HOT[name]
  assert(work !== undefined)
  const plans = await explain(work)
  expect(plans.length).toBeGreaterThan(0)
  for (const { text, root } of plans) {
    const scans = listNodes(root).filter(
      (node) => node['Node Type'].includes('Seq Scan') && rowsRead(node) > 0,
    )
    expect(scans.map((scan) => scan['Relation Name'] ?? '').filter(isLarge), text).toEqual([])
  }
})

// What only open messages can be has no business in history, whose partitions become more and more: not even a lock.
const HISTORY = /^(?:messages_ended|events)_/
const OPEN_ONLY = [
  'releaseDeferred',
  'findNextDueMs',
  'listForgottenMessages',
  'listForgottenBots',
  'moveChat',
  'closeRegistration',
  'takeReplySlot',
  'insertConsents',
  'claimMessages',
  'recordResults',
]

test.each(OPEN_ONLY)('%s touches what is open alone, also by a plan made for any values', async (name) => {
  // What ends goes to the partition of today.
  expect((await listHistoryTouched(HOT[name]!)).length).toBeLessThanOrEqual(1)
})

async function listHistoryTouched(work: (db: Database) => Promise<unknown>): Promise<string[]> {
  const undo = new Error('undo')
  let touched: string[] = []
  const done = db.transaction().execute(async (trx) => {
    await sql`set local plan_cache_mode = force_generic_plan`.execute(trx)
    // Before something is called for once more, newer news is looked for, in history, too.
    await sql`
      update messages set claimed_at = null where ended_at is null and status <> 'sending'`.execute(trx)
    await work(trx)
    const { rows } = await sql<{ name: string }>`
      select relation::regclass::text as name from pg_locks join pg_class on pg_class.oid = relation
      where pid = pg_backend_pid() and relkind = 'r' order by 1`.execute(trx)
    touched = rows.map((row) => row.name).filter((table) => HISTORY.test(table))
    throw undo
  })
  await done.catch((error: unknown) => {
    if (error !== undo) throw error
  })
  return touched
}

/** A large table, or a part of one. */
function isLarge(table: string): boolean {
  return [...LARGE].some((large) => table === large || table.startsWith(`${large}_`))
}

test('a whole table would be noticed', async () => {
  const plans = await explain((trx) =>
    trx.selectFrom('messages').select('id').where('detail', '=', 'x').execute(),
  )
  const scans = plans
    .flatMap(({ root }) => listNodes(root))
    .filter((node) => node['Node Type'] === 'Seq Scan' && rowsRead(node) > 0)
  expect(scans.map((scan) => scan['Relation Name'])).toContain('messages_open')
})
