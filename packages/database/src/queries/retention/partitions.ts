import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'

/** Tables with partitions by time. */
const PARENTS = ['events', 'messages_ended'] as const

/** Usually one partition holds a week. */
const PARTITION_DAYS = 7
const AHEAD_DAYS = 14

export interface PartitionOptions {
  /** How long a new partition is. Default 7; those that are there stay as they are. */
  days?: number | undefined
}

/**
 * Makes partitions until they reach two weeks ahead, and answers how many were made. Several processes may do it side by side.
 * What came while there were none stands in the partition for everything else.
 */
export async function makePartitions(
  db: Database,
  { days = PARTITION_DAYS }: PartitionOptions = {},
): Promise<number> {
  let made = 0
  for (const parent of PARENTS)
    made += await db.transaction().execute(async (trx) => {
      // Whatever came while there were none is looked through: nothing of it may belong to a new one.
      await sql`set local statement_timeout = '10min'`.execute(trx)
      // Whoever else makes them is waited for; whoever reads or writes waits behind this no longer than that.
      await sql`select pg_advisory_xact_lock(hashtext('postino.partitions'))`.execute(trx)
      await sql`set local lock_timeout = '2s'`.execute(trx)
      const { rows } = await sql<{ made: number }>`
        select make_partitions(${parent}, ${days}::int, ${AHEAD_DAYS} * interval '1 day') as made`.execute(
        trx,
      )
      return rows[0]?.made ?? 0
    })
  return made
}

/** For how many days from now on there are partitions, of the table for which they end first; negative when they have ended. */
export async function findPartitionsAheadDays(db: Database): Promise<number> {
  const { rows } = await sql<{ days: number }>`
    select min(days) as days from unnest(${[...PARENTS]}::text[]) parent (name), lateral (
      select coalesce(extract(epoch from max(ends_at) - now()) / 86400, 0)::float8 as days from partitions_of(name)) ahead`.execute(
    db,
  )
  return rows[0]?.days ?? 0
}
