import type { Database } from '@postino/database'
import { sql } from 'kysely'
import { createBot, type TestBot } from './database-under-test.ts'

/** Numbers of messages by their status. */
export type Fill = Record<string, number>

/**
 * A bot of a shop with so many contacts, all with an open chat, and so many messages of each status, in the order given,
 * spread over the contacts in turn, or with all of one contact before the next. What one statement writes has consecutive ids, so that it can be told from outside.
 */
export async function fillMessages(
  db: Database,
  contacts: number,
  fill: Fill,
  { isInTurn = true }: { isInTurn?: boolean } = {},
): Promise<TestBot> {
  const bot = await createBot(db)
  const people = await fillContacts(db, bot, contacts)
  for (const [status, count] of Object.entries(fill)) {
    await insertMessages(db, { bot, people, status, count, isInTurn })
  }
  return bot
}

interface People {
  count: number
  firstContactId: string
  firstRegistrationId: string
}

async function fillContacts(db: Database, { shopId, botId }: TestBot, count: number): Promise<People> {
  await sql`
    insert into contacts (shop_id, external_id)
    select ${shopId}, 'contact-' || i from generate_series(0, ${count}::int - 1) i order by i`.execute(db)
  await sql`
    insert into registrations (shop_id, bot_id, contact_id, chat_id, telegram_user_id, status, source)
    select shop_id, ${botId}, id, 1000 + id, 1000 + id, 'active', 'test' from contacts
    where shop_id = ${shopId} order by id`.execute(db)
  const { rows } = await sql<Omit<People, 'count'>>`
    select min(contact_id) as "firstContactId", min(id) as "firstRegistrationId" from registrations
    where shop_id = ${shopId}`.execute(db)
  return { count, ...rows[0]! }
}

async function insertMessages(
  db: Database,
  messages: { bot: TestBot; people: People; status: string; count: number; isInTurn: boolean },
): Promise<void> {
  const { bot, people, status, count, isInTurn } = messages
  const person = isInTurn ? sql`i % ${people.count}::int` : sql`i * ${people.count}::int / ${count}::int`
  await sql`
    insert into messages (shop_id, event_id, recipient, role, kind, state, purpose, lane, status, bot_id, contact_id,
      registration_id, chat_id, content, due_at, epoch, queued_at, claimed_at, ended_at)
    select ${bot.shopId}, coalesce(latest.id, 0) + i, 'contact-' || person, 'customer', 'order.status_changed', 'paid',
      'order_updates', 0, ${status}::text, ${bot.botId}, ${people.firstContactId}::bigint + person,
      ${people.firstRegistrationId}::bigint + person, 1000 + ${people.firstContactId}::bigint + person,
      '{"html": "Ciao", "buttons": [], "silent": false}',
      case when ${status}::text = 'unknown' then now() + interval '1 hour' end, 0, now(), now(),
      case when ${status}::text = 'sent' then now() end
    from (select max(id) as id from messages) latest,
      generate_series(0, ${count}::int - 1) i, lateral (select ${person} as person) turn
    order by i`.execute(db)
}

/** An event for each message and an attempt for each that was sent. */
export async function fillTrail(db: Database, { shopId }: TestBot): Promise<void> {
  await sql`
    insert into events (shop_id, id, source, event_id, kind, body, received_over, accepted_at, message_ids) overriding system value
    select shop_id, event_id, '/test', 'event-of-' || id, kind,
      jsonb_build_object('data', jsonb_build_object('note', repeat('x', 300))), 'http', accepted_at, array[id]
    from messages where shop_id = ${shopId}`.execute(db)
  await sql`
    insert into event_keys (shop_id, event_id, source, id, accepted_at, fingerprint)
    select shop_id, event_id, source, id, accepted_at, 'same' from events where shop_id = ${shopId}`.execute(
    db,
  )
  await sql`select setval(pg_get_serial_sequence('events', 'id'), (select max(id) from events))`.execute(db)
  await sql`
    insert into attempts (shop_id, message_id, epoch, started_at, ended_at, outcome)
    select shop_id, id, 0, now(), now(), 'sent' from messages where shop_id = ${shopId} and status = 'sent'`.execute(
    db,
  )
}

/** Spreads what has ended, with its events, over so many past weeks, each in a partition of its own. */
export async function spreadOverWeeks(db: Database, weeks: number): Promise<void> {
  for (const parent of ['events', 'messages_ended'])
    for (let week = 1; week <= weeks; week += 1)
      await sql`
        do $$ declare starts timestamptz := date_trunc('week', now(), 'UTC') - ${sql.lit(week)} * interval '1 week';
        begin execute format('create table %I partition of %I for values from (%L) to (%L)',
          ${sql.lit(parent)} || to_char(starts at time zone 'UTC', '_YYYYMMDD'), ${sql.lit(parent)},
          starts, starts + interval '1 week'); end $$`.execute(db)
  const then = sql`now() - (id % ${sql.lit(weeks)}) * interval '1 week'`
  await sql`update messages set accepted_at = ${then}, ended_at = ${then} where status = 'sent'`.execute(db)
  await sql`
    update events event set accepted_at = message.accepted_at from messages message
    where message.status = 'sent' and event.shop_id = message.shop_id and event.id = message.event_id`.execute(
    db,
  )
  await sql`
    update event_keys key set accepted_at = event.accepted_at from events event
    where event.shop_id = key.shop_id and event.id = key.id`.execute(db)
}
