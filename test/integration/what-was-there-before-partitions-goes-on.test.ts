import {
  acceptEvents,
  findMessageTrail,
  listEventTrails,
  migrateToLatest,
  MIGRATIONS,
  type Database,
} from '@postino/database'
import { sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, test } from 'vitest'
import { createEmptyDatabase } from '../support/create-empty-database.ts'
import { clearAll } from './clear-all.ts'
import { listAttempts, newEvent, openDatabase } from './database-under-test.ts'

const BEFORE = '20261121T230000-templates'

/** A shop whose events, of all kinds and ages, were written by the release before. */
async function writeBefore(db: Database): Promise<string> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  const { error } = await migrator.migrateTo(BEFORE)
  expect(error).toBeUndefined()
  const { rows } = await sql<{
    id: string
  }>`insert into shops (slug, name) values ('old', 'Old') returning id`.execute(db)
  const shopId = rows[0]!.id
  // Every day of thirty weeks, told to two people each; the last ones still wait.
  await sql`
    insert into events (shop_id, source, event_id, kind, body, fingerprint, received_over, accepted_at)
    select ${shopId}, '/shop', 'event-' || n, 'order.status_changed', jsonb_build_object('id', 'event-' || n, 'data',
      jsonb_build_object('note', 'Grüße – 你好')), 'same', 'http', now() - (210 - n) * interval '1 day' - interval '1 hour'
    from generate_series(1, 210) n`.execute(db)
  await sql`
    insert into messages (shop_id, event_id, recipient, role, kind, state, purpose, lane, status, content, accepted_at,
      ended_at, epoch, telegram_message_id)
    select shop_id, id, who, 'to', kind, '', 'order_updates', 0, case when isOpen then 'queued' else 'sent' end,
      '{"html": "Ciao"}', accepted_at, case when not isOpen then accepted_at + interval '1 minute' end, 7, id
    from (select *, accepted_at > now() - interval '3 days' as isOpen from events order by id) event,
      (values ('ada'), ('bob')) people (who)`.execute(db)
  await sql`
    insert into attempts (shop_id, message_id, epoch, started_at, ended_at, outcome)
    select shop_id, id, 7, accepted_at, ended_at, 'sent' from messages where status = 'sent'`.execute(db)
  await writeOwn(db, shopId)
  // Gone since, and its number is nobody else's.
  await sql`delete from messages where id = (select max(id) from messages)`.execute(db)
  return shopId
}

/** What Postino tells by itself: an invitation long after its event, and a test. */
async function writeOwn(db: Database, shopId: string): Promise<void> {
  await sql`
    with event as (
      insert into events (shop_id, source, event_id, kind, body, fingerprint, received_over, accepted_at)
      values (${shopId}, '/postino', 'bot-replacement-1', 'bot.replaced', '{}', 'x', 'postino', now() - interval '60 days'),
        (${shopId}, '/postino', 'test-1', 'order.status_changed', '{"id": "test-1", "data": {}}', 'x', 'postino', now())
      returning id, kind
    )
    insert into messages (shop_id, event_id, recipient, role, kind, state, purpose, lane, status, is_test)
    select ${shopId}, id, 'ada', 'to', kind, '', 'messages', 2, 'queued', kind <> 'bot.replaced'
    from event order by id`.execute(db)
  await sql`
    insert into messages (shop_id, event_id, recipient, role, kind, state, purpose, lane)
    select ${shopId}, id, 'gone', 'to', 'x', '', 'messages', 2 from events order by id desc limit 1`.execute(
    db,
  )
}

test('all that was written before is found again after the migration, in its order, and goes on', async () => {
  const db = openDatabase(await createEmptyDatabase())
  const shopId = await writeBefore(db)
  const before = await readAll(db)
  const lastId = before.messages.at(-1)!.id
  expect(await migrateToLatest(db)).toContain('20261122T000000-volume')
  expect(await readAll(db)).toEqual(before)

  for (const eventId of ['event-1', 'event-100', 'event-210']) {
    const [trail, ...others] = await listEventTrails(db, shopId, { eventId })
    expect(others).toEqual([])
    expect(trail).toMatchObject({ source: '/shop', body: { id: eventId, data: { note: 'Grüße – 你好' } } })
    expect(trail!.messages.map(({ recipient }) => recipient)).toEqual(['ada', 'bob'])
    const [first] = trail!.messages
    expect(await findMessageTrail(db, shopId, first!.id)).toEqual(first)
    const isOpen = eventId === 'event-210'
    expect(first).toMatchObject({
      status: isOpen ? 'queued' : 'sent',
      attempts: isOpen ? [] : [{ outcome: 'sent' }],
    })
  }
  const own = before.messages.filter(({ kind, recipient }) => kind === 'bot.replaced' || recipient === 'test')
  for (const { id } of own)
    expect(await findMessageTrail(db, shopId, id)).toMatchObject({ source: '/postino' })
  expect(await listAttempts(db)).toHaveLength(
    before.messages.filter(({ status }) => status === 'sent').length,
  )

  // A repeat is known; a new event has the next numbers.
  const [known, conflict, fresh] = await acceptEvents(db, [
    { ...newEvent(shopId, [{ recipient: 'ada' }], { eventId: 'event-5' }), source: '/shop' },
    {
      ...newEvent(shopId, [{ recipient: 'ada' }], { eventId: 'event-6', fingerprint: 'other' }),
      source: '/shop',
    },
    newEvent(shopId, [{ recipient: 'ada' }]),
  ])
  expect(known).toMatchObject({ fresh: false, messages: [{ recipient: 'ada' }, { recipient: 'bob' }] })
  expect(conflict).toMatchObject({ status: 'conflict' })
  const freshId = fresh!.status === 'accepted' ? fresh!.messages[0]!.id : '0'
  // One was deleted before: its number is not given again.
  expect(BigInt(freshId)).toBeGreaterThan(BigInt(lastId) + 1n)
})

test('what was there before partitions is cleared away in its time, too', async () => {
  const db = openDatabase(await createEmptyDatabase())
  await writeBefore(db)
  await migrateToLatest(db)
  const cleared: Record<string, number> = {}
  for (const [kind, olderThanDays] of [
    ['event_data', 30],
    ['message_content', 90],
    ['messages', 120],
    ['events', 120],
  ] as const)
    cleared[kind] = await clearAll(db, kind, olderThanDays)
  // Of each day an event and two messages.
  expect(cleared['event_data']).toBe(180)
  expect(cleared['message_content']).toBe(2 * 120)
  // These by the week, as soon as the first of it is too old.
  expect(cleared['messages']).toBeGreaterThanOrEqual(2 * 90)
  expect(cleared['messages']).toBeLessThan(2 * 97)
  expect(cleared['events']).toBe(cleared['messages']! / 2)
  const { rows } =
    await sql`select from events_otherwise union all select from messages_ended_otherwise`.execute(db)
  expect(rows).toEqual([])
})

async function readAll(db: Database) {
  const { rows: events } = await sql<{ id: string }>`
    select id, source, event_id, kind, body::text::jsonb as body, accepted_at from events order by id`.execute(
    db,
  )
  const { rows: messages } = await sql<{ id: string; kind: string; recipient: string; status: string }>`
    select id, event_id, recipient, kind, status, content::text::jsonb as content, accepted_at, ended_at, is_test,
      telegram_message_id from messages order by id`.execute(db)
  return { events, messages }
}
