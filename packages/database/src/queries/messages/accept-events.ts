import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'

/** An event as ingest hands it over: validated, with its recipients named. */
export interface NewEvent {
  shopId: string
  source: string
  eventId: string
  kind: string
  /** The normalised event as JSON; no NUL and no lone surrogate anywhere, or Postgres refuses the whole batch. */
  body: string
  /** SHA-256 of the normalised event: tells a repeat from another event under the same id. */
  fingerprint: string
  receivedOver: 'http' | 'stream'
  apiKeyId?: string
  messages: NewMessage[]
}

export interface NewMessage {
  recipient: string
  role: string
  state: string
  purpose: string
  lane: number
  collapseKey?: string
  sequence?: string
  /** RFC 3339. */
  deadlineAt?: string
}

export interface AcceptedMessage {
  id: string
  recipient: string
  role: string
}

export type Acceptance =
  | { status: 'accepted'; eventId: string; source: string; messages: AcceptedMessage[]; fresh: boolean }
  | { status: 'conflict'; eventId: string; source: string }

/**
 * Records a batch of events and one message per recipient, all or nothing, and answers in the order of the batch.
 * An event that is there already with the same fingerprint gets its first answer again (`fresh: false`); with another
 * fingerprint it is a conflict and changes nothing. Message ids follow the order of the batch.
 */
export async function acceptEvents(db: Database, events: NewEvent[]): Promise<Acceptance[]> {
  const messageIds = await insertEvents(db, events)
  const others = events.filter((event) => !messageIds.has(event))
  const known = new Map(
    others.length === 0 ? [] : (await findEvents(db, others)).map((event) => [keyOf(event), event]),
  )
  return events.map((event) => {
    const { source, eventId } = event
    const ids = messageIds.get(event)
    if (ids !== undefined)
      return { status: 'accepted', eventId, source, messages: told(event, ids), fresh: true }
    const found = known.get(keyOf(event))
    if (found === undefined) throw new Error(`event ${eventId} is neither inserted nor found`)
    if (found.fingerprint !== event.fingerprint) return { status: 'conflict', eventId, source }
    // Member by member, so that the first answer comes again to the letter.
    const messages = found.messages.map(({ id, recipient, role }) => ({ id, recipient, role }))
    return { status: 'accepted', eventId, source, messages, fresh: false }
  })
}

function told({ messages }: NewEvent, ids: string[]): AcceptedMessage[] {
  return messages.map(({ recipient, role }, index) => {
    const id = ids[index]
    assert(id !== undefined, 'a message for each recipient')
    return { id, recipient, role }
  })
}

function keyOf(event: { shopId: string; source: string; eventId: string }): string {
  return JSON.stringify([event.shopId, event.eventId, event.source])
}

/** The ids of the messages of each event that was not there before, in the order of its recipients. */
async function insertEvents(db: Database, events: NewEvent[]): Promise<Map<NewEvent, string[]>> {
  // Everybody inserts in the order of the keys: batches with the same events wait for each other and never in a ring.
  const firsts = firstOfEach(events)
  const { rows } = await sql<{ position: number; messageIds: string[] }>`
    with input as materialized (
      -- By its name, known when it is planned: pg_get_serial_sequence would be asked for each row.
      select nextval('events_id_seq') as id, record.* from rows from (json_to_recordset(
        ${JSON.stringify(firsts.map(toRecord))}::json) as (
        shop_id bigint, event_id text, source text, kind text, fingerprint text, received_over text, api_key_id text))
        with ordinality as record (shop_id, event_id, source, kind, fingerprint, received_over, api_key_id, position)
    ), key as (
      insert into event_keys (shop_id, event_id, source, id, fingerprint)
      select shop_id, event_id, source, id, fingerprint from input order by position
      on conflict (shop_id, event_id, source) do nothing returning id
    ), fresh as materialized (
      select input.* from key join input using (id)
    ), message as materialized (
      select nextval('messages_id_seq') as message_id, one.* from (
        select fresh.id as event_row, fresh.shop_id, fresh.kind, said.* from rows from (json_to_recordset(
          ${JSON.stringify(listMessages(events, firsts))}::json) as (position bigint, recipient text, role text, state text,
          purpose text, lane smallint, "collapseKey" text, sequence text, "deadlineAt" timestamptz)) with ordinality as said
        join fresh on fresh.position = said.position
        order by said.ordinality
      ) one
    ), told as (
      insert into messages (shop_id, id, event_id, recipient, role, kind, state, purpose, lane, collapse_key, sequence, deadline_at)
      overriding system value
      select shop_id, message_id, event_row, recipient, role, kind, state, purpose, lane, "collapseKey", sequence, "deadlineAt"
      from message order by message_id
    ), ids as materialized (
      select event_row as id, array_agg(message_id order by message_id) as message_ids from message group by event_row
    ), kept as (
      -- The bodies go from what was sent into their rows, and through nothing in between.
      insert into events (shop_id, id, source, event_id, kind, body, received_over, api_key_id, message_ids)
      overriding system value
      select shop_id, fresh.id, source, event_id, kind, body.text, received_over, api_key_id, coalesce(message_ids, '{}')
      from json_array_elements(${`[${firsts.map(bodyText).join(',')}]`}::json) with ordinality
        as body (text, position)
      join fresh using (position) left join ids on ids.id = fresh.id
    )
    select fresh.position::int, coalesce(message_ids, '{}')::text[] as "messageIds"
    from fresh left join ids using (id)`.execute(db)
  return new Map(
    rows.map(({ position, messageIds }) => {
      const event = firsts[position - 1]
      assert(event !== undefined, 'what is inserted was given')
      return [event, messageIds]
    }),
  )
}

// An escaped NUL is JSON to Postgres, and yet breaks whoever looks into it later.
const HAS_NUL = /(?<!\\)(?:\\\\)*\\u0000/

function bodyText({ body }: NewEvent): string {
  if (body.includes('u0000') && HAS_NUL.test(body)) throw new UnstorableError('a body holds a NUL')
  return body
}

/** As Postgres says it of what it refuses. */
class UnstorableError extends Error {
  override readonly name = 'UnstorableError'
  readonly code = '22P05'
}

/** The first of each key, in the order of the keys. */
function firstOfEach(events: NewEvent[]): NewEvent[] {
  const firsts = new Map<string, NewEvent>()
  for (const event of events) {
    const key = keyOf(event)
    if (!firsts.has(key)) firsts.set(key, event)
  }
  return [...firsts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, event]) => event)
}

function toRecord({ shopId, eventId, source, kind, fingerprint, receivedOver, apiKeyId }: NewEvent): object {
  return {
    shop_id: shopId,
    event_id: eventId,
    source,
    kind,
    fingerprint,
    received_over: receivedOver,
    api_key_id: apiKeyId,
  }
}

/** In the order of the batch, each with the place of its event. */
function listMessages(events: NewEvent[], firsts: NewEvent[]): object[] {
  const positions = new Map(firsts.map((event, index) => [event, index + 1]))
  return events.flatMap((event) => {
    const position = positions.get(event)
    if (position === undefined) return []
    const names =
      event.messages.length > 1 ? new Set(event.messages.map(({ recipient }) => recipient)) : undefined
    assert(names === undefined || names.size === event.messages.length, 'an event tells everybody once')
    return event.messages.map((message) => ({ position, ...message }))
  })
}

interface KnownEvent {
  shopId: string
  source: string
  eventId: string
  fingerprint: string
  messages: AcceptedMessage[]
}

// A statement of its own: what another transaction inserted meanwhile shows only in a newer snapshot.
async function findEvents(db: Database, events: NewEvent[]): Promise<KnownEvent[]> {
  const keys = events.map(({ shopId, source, eventId }) => ({ shop_id: shopId, source, event_id: eventId }))
  const { rows } = await sql<KnownEvent>`
    select known.shop_id as "shopId", known.source, known.event_id as "eventId", known.fingerprint, coalesce((
      select jsonb_agg(jsonb_build_object('id', message.id::text, 'recipient', message.recipient, 'role', message.role)
        order by message.id)
      from events event join messages message on message.id = any (event.message_ids)
      where event.shop_id = known.shop_id and event.id = known.id and event.accepted_at = known.accepted_at), '[]') as messages
    from (select distinct * from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as record (
      shop_id bigint, source text, event_id text)) key
    join event_keys known using (shop_id, source, event_id)`.execute(db)
  return rows
}
