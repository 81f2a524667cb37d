import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'

/** An event as ingest hands it over: validated, with its recipients named. */
export interface NewEvent {
  shopId: string
  source: string
  eventId: string
  kind: string
  /** The normalised event; no NUL and no lone surrogate anywhere, or Postgres refuses the whole batch. */
  body: object
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
  const messageIds = new Map((await insertEvents(db, events)).map((row) => [row.position, row.messageIds]))
  const others = events.filter((_, position) => !messageIds.has(position))
  const known = new Map(
    others.length === 0 ? [] : (await findEvents(db, others)).map((event) => [keyOf(event), event]),
  )
  return events.map((event, position) => {
    const { source, eventId } = event
    const ids = messageIds.get(position)
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
  return JSON.stringify([event.shopId, event.source, event.eventId])
}

interface InsertedEvent {
  position: number
  /** In the order of its recipients. */
  messageIds: string[]
}

async function insertEvents(db: Database, events: NewEvent[]): Promise<InsertedEvent[]> {
  for (const { messages } of events) {
    const names = messages.length > 1 ? new Set(messages.map(({ recipient }) => recipient)) : undefined
    assert(names === undefined || names.size === messages.length, 'an event tells everybody once')
  }
  const { rows } = await sql<InsertedEvent>`
    with input as materialized (
      select * from jsonb_to_recordset(${toRecords(events)}::jsonb) as record (
        position int, shop_id bigint, source text, event_id text, kind text, body jsonb, fingerprint text,
        received_over text, api_key_id text, messages jsonb)
    ), key as (
      -- Everybody inserts in the order of the keys: batches with the same events wait for each other and never in a ring.
      insert into event_keys (shop_id, event_id, source, id, fingerprint)
      select shop_id, event_id, source, nextval(pg_get_serial_sequence('events', 'id')), fingerprint
      from (select distinct on (shop_id, event_id, source) * from input
        order by shop_id, event_id, source, position) first
      on conflict (shop_id, event_id, source) do nothing
      returning shop_id, event_id, source, id
    ), fresh as materialized (
      select distinct on (key.id) key.id, input.* from key join input using (shop_id, event_id, source)
      order by key.id, input.position
    ), message as materialized (
      select nextval(pg_get_serial_sequence('messages', 'id')) as message_id, one.* from (
        select fresh.position, fresh.shop_id, fresh.id as event_row, fresh.kind, said.*
        from fresh cross join lateral rows from (jsonb_to_recordset(fresh.messages) as (
          recipient text, role text, state text, purpose text, lane smallint, "collapseKey" text, sequence text,
          "deadlineAt" timestamptz)) with ordinality as said
        order by fresh.position, said.ordinality
      ) one
    ), told as (
      insert into messages (shop_id, id, event_id, recipient, role, kind, state, purpose, lane, collapse_key, sequence, deadline_at)
      overriding system value
      select shop_id, message_id, event_row, recipient, role, kind, state, purpose, lane, "collapseKey", sequence, "deadlineAt"
      from message order by message_id
    ), ids as materialized (
      select fresh.id, coalesce(array_agg(message.message_id order by message.message_id)
        filter (where message.message_id is not null), '{}') as message_ids
      from fresh left join message on message.event_row = fresh.id group by fresh.id
    ), kept as (
      insert into events (shop_id, id, source, event_id, kind, body, received_over, api_key_id, message_ids)
      overriding system value
      select shop_id, id, source, event_id, kind, body, received_over, api_key_id, message_ids
      from fresh join ids using (id) order by id
    )
    select fresh.position, message_ids::text[] as "messageIds" from fresh join ids using (id)`.execute(db)
  return rows
}

function toRecords(events: NewEvent[]): string {
  return JSON.stringify(
    events.map((event, position) => ({
      position,
      shop_id: event.shopId,
      source: event.source,
      event_id: event.eventId,
      kind: event.kind,
      body: event.body,
      fingerprint: event.fingerprint,
      received_over: event.receivedOver,
      api_key_id: event.apiKeyId,
      messages: event.messages,
    })),
  )
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
