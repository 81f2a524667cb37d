import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { inTransaction } from '../../in-transaction.ts'
import { clearById } from './clear-by-id.ts'
import { clearByTime } from './clear-by-time.ts'
import { clearEventData } from './clear-event-data.ts'
import { deleteEvents, deleteMessages, deleteOldest } from './delete-old-rows.ts'
import { dropOldPartition } from './drop-old-partition.ts'
import type { ClearedBatch, OldBatch, RetentionKind } from './retention-kind.ts'

type Clear = (trx: Database, batch: OldBatch) => Promise<ClearedBatch>

const CLEAR: Record<RetentionKind, Clear> = {
  telegram_updates: (trx, batch) => deleteOldest(trx, batch, { since: 'received_at' }),
  event_data: clearEventData,
  message_content: (trx, batch) => clearByTime(trx, batch, MESSAGE_CONTENT),
  messages: wholeBeforeRows('messages_ended', deleteMessages),
  events: wholeBeforeRows('events', deleteEvents),
  rejected_events: (trx, batch) => deleteOldest(trx, batch, { since: 'rejected_at' }),
  optin_links: clearById,
  consent_visitors: clearById,
  consent_details: clearById,
}

/** What can go as a whole goes first; then what is left, row by row. */
function wholeBeforeRows(parent: 'messages_ended' | 'events', deleteRows: Clear): Clear {
  return async (trx, batch) => {
    const dropped = batch.from === ROWS_ALONE ? undefined : await dropOldPartition(trx, parent, batch)
    if (dropped !== undefined) return dropped
    const { rows, next } = await deleteRows(trx, batch)
    return { rows, next: next && ROWS_ALONE }
  }
}

const ROWS_ALONE = 'rows'

const MESSAGE_CONTENT = {
  table: 'messages_ended',
  since: 'ended_at',
  clear: async (trx: Database, { from, to }: { from: string; to: string }): Promise<number> => {
    const { numAffectedRows } = await sql`
      update messages_ended set content = null, detail = null
      where ended_at >= ${from}::timestamptz and ended_at < ${to}::timestamptz
        and (content is not null or detail is not null)`.execute(trx)
    return Number(numAffectedRows ?? 0n)
  },
}

/**
 * Clears away a small batch of what is older, of all shops, the oldest first; what has not come to its end is left alone, and
 * looked at again the next time. Undefined while another process is at it. What was cleared before stays so, however often
 * this runs.
 */
export async function clearOldBatch(db: Database, batch: OldBatch): Promise<ClearedBatch | undefined> {
  return await inTransaction(db, async (trx) => {
    const { rows } = await sql<{ held: boolean }>`
      select pg_try_advisory_xact_lock(hashtext('postino.retention')) as held`.execute(trx)
    return rows[0]?.held === true ? await CLEAR[batch.kind](trx, batch) : undefined
  })
}
