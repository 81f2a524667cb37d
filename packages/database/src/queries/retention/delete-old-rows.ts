import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
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
      select shop_id, id, ended_at from messages
      where ended_at is not null and ended_at < ${cutoff(batch)} limit ${ROWS}
    ), calls as (
      delete from attempts using old where attempts.shop_id = old.shop_id and attempts.message_id = old.id
    ), presses as (
      delete from button_presses press using old where press.shop_id = old.shop_id and press.message_id = old.id
    ), gone as (
      delete from messages message using old
      where message.ended_at is not null and message.ended_at < ${cutoff(batch)}
        and message.ended_at = old.ended_at and message.id = old.id returning message.id
    ) select count(*)::int as count from gone`.execute(trx)
  return cleared(rows[0]?.count ?? 0)
}

/** The same of events, with their keys, once nothing is left of their messages. */
export async function deleteEvents(trx: Database, batch: OldBatch): Promise<ClearedBatch> {
  const { rows } = await sql<{ count: number }>`
    with old as materialized (
      select shop_id, id, accepted_at, source, event_id from events event
      where accepted_at < ${cutoff(batch)}
        and (select id from messages where id = any (event.message_ids) limit 1) is null
        and (kind <> 'bot.replaced' or (select id from messages
          where shop_id = event.shop_id and event_id = event.id and kind = 'bot.replaced' limit 1) is null)
      limit ${ROWS}
    ), keys as (
      delete from event_keys key using old where key.shop_id = old.shop_id and key.event_id = old.event_id
        and key.source = old.source and key.id = old.id
    ), needed as (
      delete from needed_events needed using old where needed.shop_id = old.shop_id and needed.id = old.id
    ), gone as (
      delete from events event using old where event.accepted_at < ${cutoff(batch)}
        and event.shop_id = old.shop_id and event.id = old.id and event.accepted_at = old.accepted_at returning event.id
    ) select count(*)::int as count from gone`.execute(trx)
  return cleared(rows[0]?.count ?? 0)
}

function cleared(rows: number): ClearedBatch {
  return { rows, ...(rows === ROWS && { next: 'more' }) }
}
