import type { Database } from '@postino/database'
import { sql } from 'kysely'

export interface TableSizes extends Record<string, number> {
  /** What is open: its rows, its indexes, and what vacuum has to clear away. */
  openMegabytes: number
  openIndexMegabytes: number
  openDeadTuples: number
  /** Bots, whose rows turns write. */
  botsMegabytes: number
  botsDeadTuples: number
  /** Events and ended messages with all that belongs to them. */
  historyMegabytes: number
}

const OPEN = 'messages_open'
/** What only grows until retention drops it. */
const HISTORY = ['messages_ended', 'events', 'event_keys', 'attempts']

export async function readTableSizes(database: Database): Promise<TableSizes> {
  const { rows } = await sql<TableSizes>`
    with history as (
      select sum(pg_total_relation_size(part.relid)) as bytes
      from unnest(${HISTORY}::regclass[]) parent, pg_partition_tree(parent) part
    )
    select pg_table_size(open.relid) / 1e6::float8 as "openMegabytes",
      pg_indexes_size(open.relid) / 1e6::float8 as "openIndexMegabytes", open.n_dead_tup::int as "openDeadTuples",
      pg_total_relation_size(bots.relid) / 1e6::float8 as "botsMegabytes", bots.n_dead_tup::int as "botsDeadTuples",
      history.bytes / 1e6::float8 as "historyMegabytes"
    from pg_stat_user_tables open, pg_stat_user_tables bots, history
    where open.relname = ${OPEN} and bots.relname = 'bots'`.execute(database)
  const [sizes] = rows
  if (sizes === undefined) throw new Error(`there is no table ${OPEN}`)
  return sizes
}
