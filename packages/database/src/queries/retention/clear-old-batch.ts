import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { CLEAR } from './clear.ts'
import type { RetentionKind } from './retention-kind.ts'

export interface OldBatch {
  kind: RetentionKind
  shopId: string
  /** Days of 24 hours, by the clock of Postgres. */
  olderThanDays: number
  /** Where the batch before ended; undefined: where everything older has been cleared already. */
  afterId?: string
}

export interface ClearedBatch {
  /** Rows that were changed or deleted. */
  rows: number
  /** Where to go on; undefined when nothing older is left. */
  nextAfterId?: string
}

// Some tens of milliseconds each, so that nobody waits for a row long.
const ROWS = 1_000

/**
 * Clears away a small batch of what is older, the oldest first; what has not come to its end is left alone, and looked at
 * again the next time. Undefined while another process is at it. What was cleared before stays so, however often this runs.
 */
export async function clearOldBatch(db: Database, batch: OldBatch): Promise<ClearedBatch | undefined> {
  const clear = (trx: Database) => clearLocked(trx, batch)
  return db.isTransaction ? await clear(db) : await db.transaction().execute(clear)
}

async function clearLocked(trx: Database, batch: OldBatch): Promise<ClearedBatch | undefined> {
  const { shopId, kind, olderThanDays } = batch
  if (!(await lockRetention(trx))) return undefined
  const mark = BigInt(await findMark(trx, batch))
  const afterId = batch.afterId === undefined ? mark : BigInt(batch.afterId)
  const cleared = await CLEAR[kind](trx, { shopId, afterId: String(afterId), olderThanDays, limit: ROWS })
  const { rows, lastId, firstOpenId, seen } = cleared
  if (lastId === null) return { rows }
  // Beyond something open the mark stands still: all before it is done for good, and the rest is looked at again.
  if (afterId <= mark)
    await saveMark(trx, batch, firstOpenId === null ? lastId : String(BigInt(firstOpenId) - 1n))
  return { rows, ...(seen === ROWS && { nextAfterId: lastId }) }
}

/** The same for updates of Telegram of all shops: they have no number that grows, but the old ones stand in front. */
export async function deleteOldTelegramUpdates(
  db: Database,
  { olderThanDays }: { olderThanDays: number },
): Promise<{ rows: number; hasMore: boolean } | undefined> {
  return await db.transaction().execute(async (trx) => {
    if (!(await lockRetention(trx))) return undefined
    const { rows } = await sql`
      delete from telegram_updates where ctid = any (array(
        select ctid from telegram_updates where received_at < now() - ${olderThanDays} * interval '1 day' limit ${ROWS}))
      returning update_id`.execute(trx)
    return { rows: rows.length, hasMore: rows.length === ROWS }
  })
}

async function lockRetention(trx: Database): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    select pg_try_advisory_xact_lock(hashtext('postino.retention')) as held`.execute(trx)
  return rows[0]?.held === true
}

async function findMark(trx: Database, { shopId, kind }: OldBatch): Promise<string> {
  const mark = await trx
    .selectFrom('retention_progress')
    .select('up_to_id as id')
    .where('shop_id', '=', shopId)
    .where('kind', '=', kind)
    .executeTakeFirst()
  return mark?.id ?? '0'
}

async function saveMark(trx: Database, { shopId, kind }: OldBatch, upToId: string): Promise<void> {
  await sql`
    insert into retention_progress as progress (shop_id, kind, up_to_id) values (${shopId}, ${kind}, ${upToId})
    on conflict (shop_id, kind) do update set up_to_id = excluded.up_to_id where progress.up_to_id < excluded.up_to_id`.execute(
    trx,
  )
}
