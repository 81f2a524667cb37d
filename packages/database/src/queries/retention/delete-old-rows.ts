import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { BELONGINGS_OF_MESSAGES, KEYS_OF_EVENTS } from './belongings.ts'
import { cutoff } from './older-than.ts'
import type { ClearedBatch, OldBatch } from './retention-kind.ts'

// Some tens of milliseconds each, so that nobody waits for a row long.
const ROWS = 1_000

/** Of a table whose name is the kind's, and in which the old ones stand in front. */
export async function deleteOldest(
  trx: Database,
  batch: OldBatch,
  { since }: { since: string },
): Promise<ClearedBatch> {
  const table = sql.table(batch.kind)
  const { numAffectedRows } = await sql`
    delete from ${table} where ctid = any (array(
      select ctid from ${table} where ${sql.ref(since)} < ${cutoff(batch)} limit ${ROWS}))`.execute(trx)
  return cleared(Number(numAffectedRows ?? 0n))
}

/** What stands in no partition that goes as a whole: messages that ended so long ago, with their calls and presses. */
export async function deleteMessages(trx: Database, batch: OldBatch): Promise<ClearedBatch> {
  const { rows } = await sql<{ count: number }>`
    with old as materialized (
      select shop_id, id from messages
      where ended_at is not null and ended_at < ${cutoff(batch)} limit ${ROWS}
    ), ${BELONGINGS_OF_MESSAGES}, gone as (
      delete from messages where ended_at is not null and ended_at < ${cutoff(batch)} and id = any (array(select id from old))
      returning id
    ) select count(*)::int as count from gone`.execute(trx)
  return cleared(rows[0]?.count ?? 0)
}

/** The same of events, with their keys, once nothing is left of their messages. */
export async function deleteEvents(trx: Database, batch: OldBatch): Promise<ClearedBatch> {
  const { rows } = await sql<{ count: number }>`
    with old as materialized (
      select shop_id, id, source, event_id from events event
      where accepted_at < ${cutoff(batch)}
        and (select id from messages where id = any (event.message_ids) limit 1) is null
        and (kind <> 'bot.replaced' or (select id from messages
          where shop_id = event.shop_id and event_id = event.id and kind = 'bot.replaced' limit 1) is null)
      limit ${ROWS}
    ), ${KEYS_OF_EVENTS}, gone as (
      delete from events where accepted_at < ${cutoff(batch)} and shop_id = any (array(select distinct shop_id from old))
        and id = any (array(select id from old)) returning id
    ) select count(*)::int as count from gone`.execute(trx)
  return cleared(rows[0]?.count ?? 0)
}

function cleared(rows: number): ClearedBatch {
  return { rows, ...(rows === ROWS && { next: 'more' }) }
}
