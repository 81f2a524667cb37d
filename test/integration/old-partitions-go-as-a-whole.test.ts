import {
  acceptEvents,
  clearOldBatch,
  findMessageTrail,
  findPartitionsAheadDays,
  listEventTrails,
  makePartitions,
  type Database,
} from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { clearAll } from './clear-all.ts'
import { createBot, createContact, newEvent, openDatabase, openTestDatabase } from './database-under-test.ts'

const DAYS = 730
const DAY_MS = 86_400_000

async function listPartitions(db: Database, parent: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from partitions_of(${parent})`.execute(db)
  return rows.map(({ name }) => name)
}

/** One week in which the limit lies: its first rows are too old, its last ones not yet. */
async function addOldPartitions(db: Database): Promise<{ startsAt: Date; name: string }> {
  const startsAt = new Date(Math.floor(Date.now() / DAY_MS - DAYS - 3) * DAY_MS)
  const endsAt = new Date(startsAt.getTime() + 7 * DAY_MS)
  const name = startsAt.toISOString().slice(0, 10).replaceAll('-', '')
  for (const parent of ['events', 'messages_ended'])
    await sql`
      create table ${sql.table(`${parent}_${name}`)} partition of ${sql.table(parent)}
      for values from (${sql.lit(startsAt.toISOString())}) to (${sql.lit(endsAt.toISOString())})`.execute(db)
  return { startsAt, name }
}

/** An event with its message, a call and a press, as if it had been so many days after the start. */
async function report(
  db: Database,
  scene: Awaited<ReturnType<typeof prepare>>,
  { afterDays, endedAfterDays }: { afterDays: number; endedAfterDays: number | null },
) {
  const { bot, contact, startsAt } = scene
  const at = (days: number) => new Date(startsAt.getTime() + days * DAY_MS)
  const event = newEvent(bot.shopId, [contact])
  const [accepted] = await acceptEvents(db, [event])
  const messageId = accepted!.status === 'accepted' ? accepted!.messages[0]!.id : ''
  const endedAt = endedAfterDays === null ? null : at(endedAfterDays)
  await sql`
    update messages set accepted_at = ${at(afterDays)}, ended_at = ${endedAt},
      status = ${endedAt === null ? 'accepted' : 'sent'} where id = ${messageId}`.execute(db)
  for (const table of ['events', 'event_keys'])
    await sql`
      update ${sql.table(table)} set accepted_at = ${at(afterDays)} where event_id = ${event.eventId}`.execute(
      db,
    )
  await sql`
    insert into attempts (shop_id, message_id, epoch, started_at, ended_at, outcome)
    values (${bot.shopId}, ${messageId}, 1, ${at(afterDays)}, ${at(afterDays)}, 'timeout')`.execute(db)
  await sql`
    insert into button_presses (shop_id, bot_id, update_id, message_id, action)
    values (${bot.shopId}, ${bot.botId}, ${messageId}, ${messageId}, 'yes')`.execute(db)
  return { event, messageId }
}

async function prepare() {
  const { url, db } = await openTestDatabase()
  const bot = await createBot(db)
  const contact = await createContact(db, bot)
  return { url, db, bot, contact, ...(await addOldPartitions(db)) }
}

async function listMessageIds(db: Database, table: 'attempts' | 'button_presses'): Promise<string[]> {
  const rows = await db.selectFrom(table).select('message_id').orderBy('message_id').execute()
  return rows.map(({ message_id: id }) => id)
}

test('[CM-4] a partition goes as soon as its first row is too old, with calls, presses and keys; nothing younger goes with it', async () => {
  const scene = await prepare()
  const { db, bot, name } = scene
  const first = await report(db, scene, { afterDays: 0.5, endedAfterDays: 0.6 })
  const last = await report(db, scene, { afterDays: 6.5, endedAfterDays: 6.6 })
  const young = await report(db, scene, { afterDays: 8, endedAfterDays: 8.1 })
  expect(await clearAll(db, 'messages', DAYS)).toBe(2)
  expect(await clearAll(db, 'events', DAYS)).toBe(2)
  expect(await listPartitions(db, 'events')).not.toContain(`events_${name}`)
  expect(await listPartitions(db, 'messages_ended')).not.toContain(`messages_ended_${name}`)
  for (const { event } of [first, last])
    expect(await listEventTrails(db, bot.shopId, { eventId: event.eventId })).toEqual([])
  expect(await listEventTrails(db, bot.shopId, { eventId: young.event.eventId })).toMatchObject([
    { messages: [{ id: young.messageId, attempts: [{ outcome: 'timeout' }], presses: [{ action: 'yes' }] }] },
  ])
  expect(await listMessageIds(db, 'attempts')).toEqual([young.messageId])
  expect(await listMessageIds(db, 'button_presses')).toEqual([young.messageId])
  // What was cleared away is a new event when it comes again; what is kept is not.
  expect(await acceptEvents(db, [first.event, young.event])).toMatchObject([
    { fresh: true },
    { fresh: false },
  ])
})

test('an event stays as long as a message of it does, whichever partition goes', async () => {
  const scene = await prepare()
  const { db, bot } = scene
  const open = await report(db, scene, { afterDays: 1, endedAfterDays: null })
  const late = await report(db, scene, { afterDays: 6.9, endedAfterDays: 7.1 })
  await report(db, scene, { afterDays: 2, endedAfterDays: 2 })
  expect(await clearAll(db, 'messages', DAYS)).toBe(1)
  expect(await clearAll(db, 'events', DAYS)).toBe(1)
  for (const { event, messageId } of [open, late]) {
    expect(await listEventTrails(db, bot.shopId, { eventId: event.eventId })).toMatchObject([
      { body: JSON.parse(event.body), messages: [{ id: messageId }] },
    ])
    expect(await findMessageTrail(db, bot.shopId, messageId)).toMatchObject({ eventId: event.eventId })
    expect(await acceptEvents(db, [event])).toMatchObject([{ fresh: false, messages: [{ id: messageId }] }])
  }
  // It goes once they have; one of them is not old enough itself.
  await sql`update messages set status = 'sent', ended_at = now() - interval '731 days'`.execute(db)
  expect(await clearAll(db, 'messages', DAYS)).toBe(2)
  expect(await clearAll(db, 'events', DAYS)).toBe(1)
  const keys = await db.selectFrom('event_keys').select('event_id as eventId').execute()
  expect(keys).toEqual([{ eventId: late.event.eventId }])
})

test('kept for less than four partitions, rows go one by one, to the day, and the partition with its last', async () => {
  const scene = await prepare()
  const { db, name } = scene
  // The start lies 733 days back: with this limit its week is 20 days old at the least.
  const limit = 26
  const shift = DAYS + 3 - limit - 3
  await sql`alter table events detach partition ${sql.table(`events_${name}`)}`.execute(db)
  await sql`alter table messages_ended detach partition ${sql.table(`messages_ended_${name}`)}`.execute(db)
  await sql`drop table ${sql.table(`events_${name}`)}, ${sql.table(`messages_ended_${name}`)}`.execute(db)
  await report(db, scene, { afterDays: shift + 1, endedAfterDays: shift + 1 })
  const young = await report(db, scene, { afterDays: shift + 5, endedAfterDays: shift + 5 })
  expect(await clearAll(db, 'messages', limit)).toBe(1)
  expect(await clearAll(db, 'events', limit)).toBe(1)
  expect(await listMessageIds(db, 'attempts')).toEqual([young.messageId])
})

test('whoever reads for long is waited for a moment only, and the partition goes the next time', async () => {
  const scene = await prepare()
  const { url, db, name } = scene
  await report(db, scene, { afterDays: 1, endedAfterDays: 1 })
  const reader = openDatabase(url, 1)
  await reader.transaction().execute(async (trx) => {
    await sql`select from messages_ended limit 1`.execute(trx)
    expect(await clearAll(db, 'messages', DAYS)).toBe(0)
    expect(await listPartitions(db, 'messages_ended')).toContain(`messages_ended_${name}`)
    // Events do not go before their messages.
    expect(await clearAll(db, 'events', DAYS)).toBe(0)
    expect(await listPartitions(db, 'events')).toContain(`events_${name}`)
  })
  expect(await clearAll(db, 'messages', DAYS)).toBe(1)
  expect(await clearAll(db, 'events', DAYS)).toBe(1)
})

test('where many events of a partition are still needed, the others go one by one, to the day', async () => {
  const scene = await prepare()
  const { db, bot, startsAt, name } = scene
  await report(db, scene, { afterDays: 1, endedAfterDays: 1 })
  await report(db, scene, { afterDays: 6, endedAfterDays: 6 })
  await sql`
    with event as (
      insert into events (shop_id, source, event_id, kind, body, received_over, accepted_at, message_ids)
      select ${bot.shopId}, '/t', 'waits-' || n, 'order.status_changed', '{}', 'http', ${startsAt}::timestamptz,
        array[nextval('messages_id_seq')] from generate_series(1, 10001) n returning *
    )
    insert into messages (shop_id, id, event_id, recipient, role, kind, state, purpose, lane, accepted_at)
    overriding system value
    select shop_id, message_ids[1], id, 'ada', 'to', kind, '', 'order_updates', 0, accepted_at from event`.execute(
    db,
  )
  expect(await clearAll(db, 'messages', DAYS)).toBe(2)
  expect(await clearAll(db, 'events', DAYS)).toBe(1)
  expect(await listPartitions(db, 'events')).toContain(`events_${name}`)
})

test('what a process left behind that died in between is cleared away by the next', async () => {
  const scene = await prepare()
  const { db, name } = scene
  for (let count = 0; count < 3; count += 1) await report(db, scene, { afterDays: 1, endedAfterDays: 1 })
  // Taken out, and nothing more.
  expect(await clearOldBatch(db, { kind: 'messages', olderThanDays: DAYS })).toMatchObject({ rows: 0 })
  expect(await listPartitions(db, 'messages_ended')).not.toContain(`messages_ended_${name}`)
  expect(await listMessageIds(db, 'attempts')).toHaveLength(3)
  expect(await clearAll(db, 'messages', DAYS)).toBe(3)
  expect(await listMessageIds(db, 'attempts')).toEqual([])
  const { rows } = await sql`select from pg_class where relname = ${`messages_ended_${name}`}`.execute(db)
  expect(rows).toEqual([])
})

test('partitions are made two weeks ahead, once, however many processes do it', async () => {
  const { db } = await openTestDatabase()
  for (const parent of ['events', 'messages_ended'])
    for (const name of await listPartitions(db, parent)) await sql`drop table ${sql.table(name)}`.execute(db)
  const made = await Promise.all([1, 2, 3].map(() => makePartitions(db, { days: 1 })))
  const count = made.reduce((sum, each) => sum + each, 0)
  expect(
    (await listPartitions(db, 'events')).length + (await listPartitions(db, 'messages_ended')).length,
  ).toBe(count)
  expect(await findPartitionsAheadDays(db)).toBeGreaterThanOrEqual(14)
  expect(await makePartitions(db)).toBe(0)
})

test('without a scheduler for a month everything works, and partitions come again for what comes later', async () => {
  const scene = await prepare()
  const { db, bot, contact } = scene
  for (const parent of ['events', 'messages_ended'])
    for (const name of await listPartitions(db, parent)) await sql`drop table ${sql.table(name)}`.execute(db)
  expect(await findPartitionsAheadDays(db)).toBeLessThanOrEqual(0)
  const event = newEvent(bot.shopId, [contact])
  const [accepted] = await acceptEvents(db, [event])
  const messageId = accepted!.status === 'accepted' ? accepted!.messages[0]!.id : ''
  await sql`update messages set status = 'sent', ended_at = now() where id = ${messageId}`.execute(db)
  // An old one, so that the next begins after today: what is there already stays where it is.
  await addOldPartitions(db)
  expect(await makePartitions(db)).toBeGreaterThan(0)
  expect(await findPartitionsAheadDays(db)).toBeGreaterThanOrEqual(14)
  const { rows } = await sql<{ part: string }>`select tableoid::regclass::text as part from events`.execute(
    db,
  )
  expect(rows).toEqual([{ part: 'events_otherwise' }])
  expect(await listEventTrails(db, bot.shopId, { eventId: event.eventId })).toMatchObject([
    { messages: [{ id: messageId, status: 'sent' }] },
  ])
  expect(await acceptEvents(db, [event])).toMatchObject([{ fresh: false, messages: [{ id: messageId }] }])
})
