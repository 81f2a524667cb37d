import { sql, type RawBuilder } from 'kysely'

/**
 * Statement part, a table: all messages but those that ended before a time, which says in which partitions they may be.
 *
 * Never `ended_at is null or ended_at >= …`: of a partition that is divided itself Postgres 18 leaves out the default then,
 * and with it whatever came before there were partitions.
 */
export function messagesSince(time: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select * from messages where ended_at is null union all select * from messages where ended_at >= ${time})`
}
