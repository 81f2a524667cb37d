import { sql, type RawBuilder } from 'kysely'

// A wait of 0 would be no wait at all. Telegram's own numbers are 32 bits wide; whoever answers may not be Telegram.
const SHORTEST_SECONDS = 1
const LONGEST_SECONDS = 2 ** 31 - 1

/** Telegram's `retry_after` as an interval. */
export function waitOf(retryAfterSeconds: number): RawBuilder<unknown> {
  const seconds = Math.min(LONGEST_SECONDS, Math.max(SHORTEST_SECONDS, retryAfterSeconds))
  return sql`${seconds} * interval '1 second'`
}
