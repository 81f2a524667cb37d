import { sql, type RawBuilder } from 'kysely'

/** The moment before which everything is too old to be kept. */
export function cutoff({ olderThanDays }: { olderThanDays: number }): RawBuilder<Date> {
  return sql`(now() - ${olderThanDays} * interval '1 day')`
}
