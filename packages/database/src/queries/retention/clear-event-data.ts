import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../create-database.ts'
import { clearByTime } from './clear-by-time.ts'
import type { ClearedBatch, OldBatch } from './retention-kind.ts'

/** So many of those that were needed are looked at again at a time. */
const NEEDED_ROWS = 1_000

/**
 * What old events say goes. Those that a message still needs are written down and looked at again each time, so that the
 * mark goes on and nothing is forgotten that ends late.
 */
export async function clearEventData(trx: Database, batch: OldBatch): Promise<ClearedBatch> {
  const { from = 'needed 0 0' } = batch
  const [phase, ...place] = from.split(' ')
  if (phase !== 'needed') {
    const { rows, next } = await clearByTime(trx, { ...batch, from: place[0] }, EVENT_DATA)
    return { rows, next: next && `slice ${next}` }
  }
  const [shopId = '0', id = '0'] = place
  const { rows, last } = await clearNeeded(trx, { shopId, id })
  return { rows, next: last === undefined ? 'slice 60000' : `needed ${last.shopId} ${last.id}` }
}

const EVENT_DATA = {
  table: 'events',
  since: 'accepted_at',
  clear: async (trx: Database, { from, to }: { from: string; to: string }): Promise<number> => {
    const isInSlice = (column: string) =>
      sql`${sql.ref(column)} >= ${from}::timestamptz and ${sql.ref(column)} < ${to}::timestamptz`
    const { rows } = await sql<{ count: number }>`
      with old as materialized (
        select shop_id, id, accepted_at, ${isNeeded()} as is_needed from events event
        where ${isInSlice('event.accepted_at')} and event.body -> 'data' is not null
      ), needed as (
        insert into needed_events (shop_id, id, accepted_at)
        select shop_id, id, accepted_at from old where is_needed on conflict do nothing
      ), cleared as (
        update events event set body = ${withoutData()} from old
        where not old.is_needed and event.shop_id = old.shop_id and event.id = old.id
          and event.accepted_at = old.accepted_at and ${isInSlice('event.accepted_at')} returning event.id
      ) select count(*)::int as count from cleared`.execute(trx)
    return rows[0]?.count ?? 0
  },
}

interface Key {
  shopId: string
  id: string
}

async function clearNeeded(trx: Database, after: Key): Promise<{ rows: number; last: Key | undefined }> {
  const { rows } = await sql<{ count: number; last: Key | null }>`
    with looked as materialized (
      select shop_id, id, accepted_at from needed_events
      where (shop_id, id) > (${after.shopId}::bigint, ${after.id}::bigint)
      order by shop_id, id limit ${NEEDED_ROWS}
    ), done as materialized (
      select looked.* from looked left join lateral (
        select ${isNeeded()} as is_needed from events event
        where event.shop_id = looked.shop_id and event.id = looked.id and event.accepted_at = looked.accepted_at limit 1
      ) event on true where is_needed is not true
    ), gone as (
      delete from needed_events using done where needed_events.shop_id = done.shop_id and needed_events.id = done.id
    ), cleared as (
      update events event set body = ${withoutData()} from done
      where event.shop_id = done.shop_id and event.id = done.id and event.accepted_at = done.accepted_at
        and event.body -> 'data' is not null returning event.id
    ) select (select count(*)::int from cleared) as count,
      (select jsonb_build_object('shopId', shop_id::text, 'id', id::text) from looked
        order by shop_id desc, id desc limit 1) as last`.execute(trx)
  return { rows: rows[0]?.count ?? 0, last: rows[0]?.last ?? undefined }
}

/** With a limit, so that it can only be answered row by row. */
function isNeeded(): RawBuilder<boolean> {
  return sql`(select message.id from messages message
    where message.id = any (event.message_ids) and message.ended_at is null limit 1) is not null`
}

function withoutData(): RawBuilder<unknown> {
  return sql`jsonb_strip_nulls(jsonb_build_object('id', event.body -> 'id', 'type', event.body -> 'type',
    'source', event.body -> 'source', 'time', event.body -> 'time', 'removed', 'retention'))`
}
