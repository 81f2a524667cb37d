import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { rfc3339 } from '../rfc3339.ts'

/** What a shop reported and was not taken. */
export interface RejectedEvent {
  shopId: string
  receivedOver: 'http' | 'stream'
  /** Of the stream. */
  entryId: string
  /** As far as it could be read. */
  eventId?: string | undefined
  source?: string | undefined
  kind?: string | undefined
  issues: RejectedIssue[]
}

export interface RejectedIssue {
  pointer: string
  code: string
  detail: string
}

/** Keeps them for the trail in this order, each entry once. No NUL and no lone surrogate anywhere, or Postgres refuses them all. */
export async function insertRejectedEvents(db: Database, events: readonly RejectedEvent[]): Promise<void> {
  await sql`
    insert into rejected_events (shop_id, received_over, entry_id, event_id, source, kind, issues)
    select "shopId", "receivedOver", "entryId", "eventId", source, kind, issues
    from rows from (jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as (
      "shopId" bigint, "receivedOver" text, "entryId" text, "eventId" text, source text, kind text, issues jsonb))
      with ordinality as event
    order by event.ordinality
    on conflict (shop_id, received_over, entry_id) do nothing`.execute(db)
}

/** One as it is kept. */
export interface KeptRejection {
  id: string
  receivedOver: string
  /** Null for what came over HTTP. */
  entryId: string | null
  eventId: string | null
  source: string | null
  kind: string | null
  issues: RejectedIssue[]
  /** RFC 3339. */
  rejectedAt: string
}

/** A shop's, the newest first: all, or those with an event of this id. */
export async function listRejectedEvents(
  db: Database,
  shopId: string,
  filter: { eventId?: string | undefined; before?: string | undefined; limit: number },
): Promise<KeptRejection[]> {
  const { eventId, before, limit } = filter
  const conditions = [
    sql`shop_id = ${shopId}`,
    ...(eventId === undefined ? [] : [sql`event_id = ${eventId}`]),
    ...(before === undefined ? [] : [sql`rejected_events.id < ${before}`]),
  ]
  const { rows } = await sql<KeptRejection>`
    select id::text, received_over as "receivedOver", entry_id as "entryId", event_id as "eventId", source, kind, issues,
      ${rfc3339('rejected_at')} as "rejectedAt"
    from rejected_events where ${sql.join(conditions, sql` and `)} order by rejected_events.id desc limit ${limit}`.execute(
    db,
  )
  return rows
}
