import { randomUUID } from 'node:crypto'
import type { ShopEvent } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { inTransaction } from '../../in-transaction.ts'
import { messagesSince } from '../messages/messages-since.ts'

/** Where a test can be sent: a contact whose open chat the shop has named as its own. */
export interface Tester {
  contactId: string
  externalId: string
}

export interface TestMessage {
  templateId: string
  version: number
  /** Whose chat it is for, as the shop calls them. */
  recipient: string
  /** As it would have happened; it is kept under an id of its own. */
  event: ShopEvent
  /** The event is one the shop reported, as it was just read: it is copied as it stands now. */
  isReported?: boolean
  state: string
  purpose: string
  lane: number
  apiKeyId?: string
}

export type TestSend =
  | { status: 'accepted'; messageId: string }
  /** So many were asked for within a minute as may be. */
  | { status: 'too_many'; retryAfterSeconds: number }
  /** There is no such version, or not any more. */
  | { status: 'no_version' }
  /** What was reported has no data any more. */
  | { status: 'no_event' }

/** In any minute, for a shop. */
const MAX_TESTS_PER_MINUTE = 20

/** The testers of a shop, whoever has the oldest chat first, at most `limit`; or whether this one contact is among them. */
export async function listTesters(
  db: Database,
  shopId: string,
  { contactId, limit }: { contactId?: string | undefined; limit: number },
): Promise<Tester[]> {
  const isWanted = contactId === undefined ? sql`` : sql`and contact_id = ${contactId}`
  const { rows } = await sql<Tester>`
    select contact.id as "contactId", contact.external_id as "externalId"
    from contacts contact
    join (select contact_id, min(id) as first from registrations
      where shop_id = ${shopId} and is_tester and status = 'active' ${isWanted} group by contact_id) chat
      on chat.contact_id = contact.id
    where contact.shop_id = ${shopId} and contact.erased_at is null
    order by chat.first limit ${limit}`.execute(db)
  return rows
}

/**
 * Accepts a message in the words of one version, published or not, for a tester. Whether it may be sent is decided when it
 * is rendered and claimed, as with any other: the chat must be open and a tester's then.
 */
export async function insertTestMessage(db: Database, shopId: string, test: TestMessage): Promise<TestSend> {
  return await inTransaction(db, async (trx) => {
    // One at a time for a shop, or two would count the same.
    await sql`select from shops where id = ${shopId} for no key update`.execute(trx)
    const retryAfterSeconds = await findWait(trx, shopId)
    if (retryAfterSeconds !== undefined) return { status: 'too_many', retryAfterSeconds }
    const event = test.isReported === true ? await readAgain(trx, shopId, test.event) : test.event
    if (event === undefined) return { status: 'no_event' }
    const messageId = await insertMessage(trx, shopId, { ...test, event })
    return messageId === undefined ? { status: 'no_version' } : { status: 'accepted', messageId }
  })
}

/** How long until one of the last minute is no longer among them; undefined when there is room. */
async function findWait(trx: Database, shopId: string): Promise<number | undefined> {
  const { rows } = await sql<{ wait: number }>`
    select ceil(extract(epoch from accepted_at + interval '1 minute' - now()))::int as wait
    from ${messagesSince(sql`now() - interval '1 minute'`)} message
    where shop_id = ${shopId} and is_test and accepted_at > now() - interval '1 minute'
    order by accepted_at desc limit 1 offset ${MAX_TESTS_PER_MINUTE - 1}`.execute(trx)
  return rows[0] && Math.max(1, rows[0].wait)
}

/**
 * An erasure holds its person's contacts and looks for events about them, then: so either it finds the copy, or what is copied is
 * what it left.
 */
async function readAgain(trx: Database, shopId: string, event: ShopEvent): Promise<ShopEvent | undefined> {
  await sql`
    select from contacts where shop_id = ${shopId} and external_id = any (array(
      select said #>> '{}' from jsonb_path_query(${JSON.stringify(event)}::jsonb, '$.** ? (@.type() == "string")') said))
    order by id for share`.execute(trx)
  const { rows } = await sql<{ body: ShopEvent }>`
    select event.body from event_keys known
    join events event on event.shop_id = known.shop_id and event.id = known.id and event.accepted_at = known.accepted_at
    where known.shop_id = ${shopId} and known.event_id = ${event.id} and known.source = ${event.source}
      and event.body -> 'data' is not null`.execute(trx)
  return rows[0]?.body
}

async function insertMessage(
  trx: Database,
  shopId: string,
  { templateId, version, recipient, event, state, purpose, lane, apiKeyId }: TestMessage,
): Promise<string | undefined> {
  const id = `test-${randomUUID()}`
  // Its news is nobody's: it takes no other's place, and has no deadline.
  const { sequence: _sequence, partitionkey: _key, expirytime: _expiry, ...said } = event
  const body = { ...said, id, source: SOURCE }
  const { rows } = await sql<{ id: string }>`
    with chosen as (
      select shop_id, template_id, version from template_versions
      where shop_id = ${shopId} and template_id = ${templateId} and version = ${version}
    ), event as (
      insert into events (shop_id, source, event_id, kind, body, received_over, api_key_id, message_ids)
      select shop_id, ${SOURCE}, ${id}, ${event.type}, ${JSON.stringify(body)}::json, 'postino', ${apiKeyId ?? null},
        array[nextval('messages_id_seq')]
      from chosen returning id, message_ids
    )
    insert into messages (shop_id, id, event_id, recipient, role, kind, state, purpose, lane, is_test, template_id, template_version)
    overriding system value
    select chosen.shop_id, event.message_ids[1], event.id, ${recipient}, 'to', ${event.type}, ${state}, ${purpose}, ${lane}, true,
      chosen.template_id, chosen.version
    from chosen cross join event returning id`.execute(trx)
  return rows[0]?.id
}

const SOURCE = '/postino'
