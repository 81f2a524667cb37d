import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'

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

/** Keeps them for the trail, each entry once. No NUL and no lone surrogate anywhere, or Postgres refuses them all. */
export async function insertRejectedEvents(db: Database, events: readonly RejectedEvent[]): Promise<void> {
  await sql`
    insert into rejected_events (shop_id, received_over, entry_id, event_id, source, kind, issues)
    select "shopId", "receivedOver", "entryId", "eventId", source, kind, issues
    from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as event (
      "shopId" bigint, "receivedOver" text, "entryId" text, "eventId" text, source text, kind text, issues jsonb)
    order by "shopId", "entryId"
    on conflict (shop_id, received_over, entry_id) do nothing`.execute(db)
}
