import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../create-database.ts'
import { findMark, saveMark } from './marks.ts'
import { cutoff } from './older-than.ts'
import type { ClearedBatch, OldBatch, RetentionKind } from './retention-kind.ts'

// Some tens of milliseconds each, so that nobody waits for a row long.
const ROWS = 1_000
const NO_ID = '9223372036854775807'

interface ById {
  table: 'optin_links' | 'consents'
  since: string
  /** Of `old`: its time is not over yet. */
  open: (batch: OldBatch) => RawBuilder<unknown>
  /** Clears `done`. */
  work: RawBuilder<unknown>
}

const BY_ID: Partial<Record<RetentionKind, ById>> = {
  optin_links: {
    table: 'optin_links',
    since: 'created_at',
    // A replacement counts its links for as long as it runs.
    open: (batch) => sql`least(old.used_at, old.revoked_at, old.expires_at) >= ${cutoff(batch)}
      or exists (select from bot_replacements replacement where replacement.shop_id = old.shop_id
        and replacement.id = old.replacement_id and replacement.ended_at is null)`,
    work: sql`
      delete from optin_links link using done where link.shop_id = done.shop_id and link.id = done.id returning link.id`,
  },
  consent_visitors: {
    table: 'consents',
    since: 'recorded_at',
    open: () => sql`false`,
    // Their hash stays with the rest, which goes on proving itself.
    work: sql`
      update consent_details proof set details = proof.details - 'visitor' from done
      where proof.shop_id = done.shop_id and proof.consent_id = done.id and proof.details ? 'visitor'
      returning proof.consent_id`,
  },
  consent_details: {
    table: 'consents',
    since: 'recorded_at',
    open: () => sql`false`,
    work: sql`
      delete from consent_details proof using done
      where proof.shop_id = done.shop_id and proof.consent_id = done.id returning proof.consent_id`,
  },
}

/**
 * Goes through a table by its ids, which grow with time, as far as rows are old. Beyond one that is still open the mark stands
 * still: all before it is done for good, and the rest is looked at again.
 */
export async function clearById(trx: Database, batch: OldBatch): Promise<ClearedBatch> {
  const clearing = BY_ID[batch.kind]
  if (clearing === undefined) throw new Error(`${batch.kind} is not cleared by id`)
  const { upToId: mark } = await findMark(trx, batch.kind)
  const afterId = batch.from ?? mark
  const { rows, lastId, firstOpenId, seen } = await clear(trx, { ...batch, afterId }, clearing)
  if (lastId === null) return { rows }
  if (BigInt(afterId) <= BigInt(mark))
    await saveMark(trx, batch.kind, {
      upToId: firstOpenId === null ? lastId : String(BigInt(firstOpenId) - 1n),
    })
  return { rows, ...(seen === ROWS && { next: lastId }) }
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

async function clear(
  trx: Database,
  batch: OldBatch & { afterId: string },
  { table, since, open, work }: ById,
): Promise<Cleared> {
  const { rows } = await sql<Cleared>`
    with batch as materialized (
      select row.id, row.${sql.ref(since)} < ${cutoff(batch)} as is_old from ${sql.table(table)} row
      where row.id > ${batch.afterId} order by row.id limit ${ROWS}
    ), old_id as materialized (
      select id from batch
      where id < coalesce((select min(id) from batch where not is_old), ${sql.lit(NO_ID)}::bigint)
    ), judged as materialized (
      -- With a limit, so that it can only be answered row by row.
      select old.* from old_id cross join lateral (
        select old.shop_id, old.id, ${open(batch)} as is_open from ${sql.table(table)} old
        where old.id = old_id.id limit 1
      ) old
    ), done as materialized (
      select shop_id, id from judged where not is_open
    ), worked as (${work})
    select (select count(*)::int from worked) as rows, (select count(*)::int from old_id) as seen,
      (select max(id) from old_id) as "lastId", (select min(id) from judged where is_open) as "firstOpenId"`.execute(
    trx,
  )
  return rows[0] ?? { rows: 0, seen: 0, lastId: null, firstOpenId: null }
}
