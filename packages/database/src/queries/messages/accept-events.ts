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
  const inserted = await insertEvents(db, events)
  const known = new Map(inserted.map((event) => [keyOf(event), event]))
  const fresh = new Set(known.keys())
  const others = events.filter((event) => !fresh.has(keyOf(event)))
  if (others.length > 0) for (const event of await findEvents(db, others)) known.set(keyOf(event), event)
  return events.map((event) => {
    const { source, eventId } = event
    const found = known.get(keyOf(event))
    if (found === undefined) throw new Error(`event ${eventId} is neither inserted nor found`)
    if (found.fingerprint !== event.fingerprint) return { status: 'conflict', eventId, source }
    // A repeat inside the batch is told the same, but only its first appearance has work to enqueue.
    const isFresh = fresh.delete(keyOf(event))
    return { status: 'accepted', eventId, source, messages: found.messages, fresh: isFresh }
  })
}

interface KnownEvent {
  shopId: string
  source: string
  eventId: string
  fingerprint: string
  messages: AcceptedMessage[]
}

function keyOf(event: { shopId: string; source: string; eventId: string }): string {
  return JSON.stringify([event.shopId, event.source, event.eventId])
}

async function insertEvents(db: Database, events: NewEvent[]): Promise<KnownEvent[]> {
  const { rows } = await sql<KnownEvent>`
    with input as (
      select distinct on (shop_id, source, event_id) *
      from jsonb_to_recordset(${toRecords(events)}::jsonb) as record (
        position int, shop_id bigint, source text, event_id text, kind text, body jsonb, fingerprint text,
        received_over text, api_key_id text, messages jsonb)
      order by shop_id, source, event_id, position
    ), inserted as (
      -- Everybody inserts in the order of the keys: batches with the same events wait for each other and never in a ring.
      insert into events (shop_id, source, event_id, kind, body, fingerprint, received_over, api_key_id)
      select shop_id, source, event_id, kind, body, fingerprint, received_over, api_key_id from input
      order by shop_id, source, event_id
      on conflict (shop_id, event_id, source) do nothing
      returning shop_id, id, source, event_id, kind, fingerprint
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
      returning shop_id, event_id, id, recipient, role
    )
    select inserted.shop_id as "shopId", inserted.source, inserted.event_id as "eventId", inserted.fingerprint,
      ${messagesOf('told')} as messages
    from inserted left join told on told.shop_id = inserted.shop_id and told.event_id = inserted.id
    group by inserted.shop_id, inserted.source, inserted.event_id, inserted.fingerprint`.execute(db)
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

// A statement of its own: what another transaction inserted meanwhile shows only in a newer snapshot.
async function findEvents(db: Database, events: NewEvent[]): Promise<KnownEvent[]> {
  const keys = events.map(({ shopId, source, eventId }) => ({ shop_id: shopId, source, event_id: eventId }))
  const { rows } = await sql<KnownEvent>`
    select event.shop_id as "shopId", event.source, event.event_id as "eventId", event.fingerprint,
      (select ${messagesOf('message')} from messages message
        where message.shop_id = event.shop_id and message.event_id = event.id) as messages
    from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as key (shop_id bigint, source text, event_id text)
    join events event using (shop_id, source, event_id)`.execute(db)
  return rows
}

function messagesOf(table: 'told' | 'message') {
  const [id, recipient, role] = ['id', 'recipient', 'role'].map((column) => sql.ref(`${table}.${column}`))
  return sql`coalesce(jsonb_agg(jsonb_build_object('id', ${id}::text, 'recipient', ${recipient}, 'role', ${role})
    order by ${id}) filter (where ${id} is not null), '[]')`
}
