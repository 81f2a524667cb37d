import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../create-database.ts'
import type { RetentionKind } from './retention-kind.ts'

interface Batch {
  shopId: string
  afterId: string
  olderThanDays: number
  limit: number
}

interface Cleared {
  rows: number
  /** How many were old. */
  seen: number
  /** The last that was old; null when none was. */
  lastId: string | null
  /** The first of them that has not come to its end. */
  firstOpenId: string | null
}

type Clear = (trx: Database, batch: Batch) => Promise<Cleared>

/**
 * How each kind is cleared away. All go through a shop's rows by their ids, which grow with time, as far as they are old;
 * `open` are those of them whose end is still to come, or too young.
 */
export const CLEAR: Record<RetentionKind, Clear> = {
  event_data: (trx, batch) =>
    clear(trx, batch, {
      table: 'events',
      since: 'accepted_at',
      open: sql`old.body ? 'data' and (select message.id from messages message
        where message.shop_id = old.shop_id and message.event_id = old.id and message.ended_at is null limit 1) is not null`,
      work: sql`
        update events event set body = jsonb_strip_nulls(jsonb_build_object('id', event.body -> 'id',
          'type', event.body -> 'type', 'source', event.body -> 'source', 'time', event.body -> 'time',
          'removed', 'retention'))
        from done where event.shop_id = done.shop_id and event.id = done.id and event.body ? 'data' returning event.id`,
    }),
  message_content: (trx, batch) =>
    clear(trx, batch, {
      table: 'messages',
      since: 'accepted_at',
      open: sql`(old.content is not null or old.detail is not null)
        and (old.ended_at is null or old.ended_at >= ${cutoff(batch)})`,
      work: sql`
        update messages message set content = null, detail = null
        from done where message.shop_id = done.shop_id and message.id = done.id
          and (message.content is not null or message.detail is not null) returning message.id`,
    }),
  messages: (trx, batch) =>
    clear(trx, batch, {
      table: 'messages',
      since: 'accepted_at',
      open: sql`old.ended_at is null or old.ended_at >= ${cutoff(batch)}`,
      also: sql`
        calls as (
          delete from attempts using done where attempts.shop_id = done.shop_id and attempts.message_id = done.id
          returning attempts.id
        ), presses as (
          delete from button_presses press using done
          where press.shop_id = done.shop_id and press.message_id = done.id returning press.update_id
        ),`,
      work: sql`
        delete from messages message using done where message.shop_id = done.shop_id and message.id = done.id
        returning message.id`,
    }),
  events: (trx, batch) =>
    clear(trx, batch, {
      table: 'events',
      since: 'accepted_at',
      open: sql`(select message.id from messages message
        where message.shop_id = old.shop_id and message.event_id = old.id limit 1) is not null`,
      work: sql`
        delete from events event using done where event.shop_id = done.shop_id and event.id = done.id
        returning event.id`,
    }),
  optin_links: (trx, batch) =>
    clear(trx, batch, {
      table: 'optin_links',
      since: 'created_at',
      // A replacement counts its links for as long as it runs.
      open: sql`least(old.used_at, old.revoked_at, old.expires_at) >= ${cutoff(batch)}
        or exists (select from bot_replacements replacement where replacement.shop_id = old.shop_id
          and replacement.id = old.replacement_id and replacement.ended_at is null)`,
      work: sql`
        delete from optin_links link using done where link.shop_id = done.shop_id and link.id = done.id
        returning link.id`,
    }),
  consent_visitors: (trx, batch) =>
    clear(trx, batch, {
      table: 'consents',
      since: 'recorded_at',
      open: sql`false`,
      // Their hash stays with the rest, which goes on proving itself.
      work: sql`
        update consent_details proof set details = proof.details - 'visitor' from done
        where proof.shop_id = done.shop_id and proof.consent_id = done.id and proof.details ? 'visitor'
        returning proof.consent_id`,
    }),
  consent_details: (trx, batch) =>
    clear(trx, batch, {
      table: 'consents',
      since: 'recorded_at',
      open: sql`false`,
      work: sql`
        delete from consent_details proof using done
        where proof.shop_id = done.shop_id and proof.consent_id = done.id returning proof.consent_id`,
    }),
}

interface Clearing {
  table: 'events' | 'messages' | 'optin_links' | 'consents'
  since: string
  /** Of `old`: its time is not over yet. */
  open: RawBuilder<unknown>
  /** Goes with the rows, before them. */
  also?: RawBuilder<unknown>
  /** Clears `done`. */
  work: RawBuilder<unknown>
}

async function clear(trx: Database, batch: Batch, clearing: Clearing): Promise<Cleared> {
  const { table, since, open, also = sql``, work } = clearing
  const { rows } = await sql<Cleared>`
    with batch as materialized (
      select row.id, row.${sql.ref(since)} < ${cutoff(batch)} as is_old from ${sql.table(table)} row
      where row.shop_id = ${batch.shopId} and row.id > ${batch.afterId} order by row.id limit ${batch.limit}
    ), old_id as materialized (
      select id from batch
      where id < coalesce((select min(id) from batch where not is_old), ${sql.lit('9223372036854775807')}::bigint)
    ), judged as materialized (
      -- With a limit, so that it can only be answered row by row.
      select old.* from old_id cross join lateral (
        select old.shop_id, old.id, ${open} as is_open from ${sql.table(table)} old
        where old.shop_id = ${batch.shopId} and old.id = old_id.id limit 1
      ) old
    ), done as materialized (
      select shop_id, id from judged where not is_open
    ), ${also} worked as (${work})
    select (select count(*)::int from worked) as rows, (select count(*)::int from old_id) as seen,
      (select max(id) from old_id) as "lastId", (select min(id) from judged where is_open) as "firstOpenId"`.execute(
    trx,
  )
  return rows[0] ?? { rows: 0, seen: 0, lastId: null, firstOpenId: null }
}

function cutoff({ olderThanDays }: Batch): RawBuilder<Date> {
  return sql`(now() - ${olderThanDays} * interval '1 day')`
}
