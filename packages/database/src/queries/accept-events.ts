import { sql } from 'kysely'
import type { Database } from '../create-database.ts'

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
  const fresh = await insertEvents(db, events)
  const known = await findAcceptances(db, events)
  return events.map((event) => {
    const found = known.get(keyOf(event))
    if (found === undefined) throw new Error(`event ${event.eventId} is neither inserted nor found`)
    if (found.fingerprint !== event.fingerprint) {
      return { status: 'conflict', eventId: event.eventId, source: event.source }
    }
    // A repeat inside the batch is told the same, but only its first appearance has work to enqueue.
    const isFresh = fresh.delete(keyOf(event))
    return {
      status: 'accepted',
      eventId: event.eventId,
      source: event.source,
      messages: found.messages,
      fresh: isFresh,
    }
  })
}

function keyOf(event: { shopId: string; source: string; eventId: string }): string {
  return JSON.stringify([event.shopId, event.source, event.eventId])
}

async function insertEvents(db: Database, events: NewEvent[]): Promise<Set<string>> {
  const { rows } = await sql<{ shopId: string; source: string; eventId: string }>`
    with input as (
      select distinct on (shop_id, source, event_id) *
      from jsonb_to_recordset(${toRecords(events)}::jsonb) as record (
        position int, shop_id bigint, source text, event_id text, kind text, body jsonb, fingerprint text,
        received_over text, api_key_id text, messages jsonb)
      order by shop_id, source, event_id, position
    ), inserted as (
      insert into events (shop_id, source, event_id, kind, body, fingerprint, received_over, api_key_id)
      select shop_id, source, event_id, kind, body, fingerprint, received_over, api_key_id from input order by position
      on conflict (shop_id, source, event_id) do nothing
      returning shop_id, id, source, event_id, kind
    ), told as (
      insert into messages (shop_id, event_id, recipient, role, kind, state, purpose, lane, collapse_key, sequence, deadline_at)
      select inserted.shop_id, inserted.id, message.recipient, message.role, inserted.kind, message.state,
        message.purpose, message.lane, message."collapseKey", message.sequence, message."deadlineAt"
      from inserted
      join input using (shop_id, source, event_id)
      cross join lateral rows from (jsonb_to_recordset(input.messages) as (
        recipient text, role text, state text, purpose text, lane smallint, "collapseKey" text, sequence text,
        "deadlineAt" timestamptz)) with ordinality as message
      order by input.position, message.ordinality
    )
    select shop_id as "shopId", source, event_id as "eventId" from inserted`.execute(db)
  return new Set(rows.map(keyOf))
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
async function findAcceptances(db: Database, events: NewEvent[]): Promise<Map<string, KnownEvent>> {
  const keys = events.map(({ shopId, source, eventId }) => ({ shop_id: shopId, source, event_id: eventId }))
  const { rows } = await sql<KnownEvent>`
    select event.shop_id as "shopId", event.source, event.event_id as "eventId", event.fingerprint,
      coalesce((
        select jsonb_agg(jsonb_build_object('id', message.id::text, 'recipient', message.recipient, 'role', message.role)
          order by message.id)
        from messages message where message.shop_id = event.shop_id and message.event_id = event.id), '[]') as messages
    from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as key (shop_id bigint, source text, event_id text)
    join events event using (shop_id, source, event_id)`.execute(db)
  return new Map(rows.map((row) => [keyOf(row), row]))
}
