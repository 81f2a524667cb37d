import { sql, type RawBuilder } from 'kysely'

/** A column of times as text, in UTC with milliseconds; JSON from Postgres has the zone of the session. */
export function rfc3339(column: string): RawBuilder<string> {
  return sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}
