import type { Database } from '@postino/database'
import { sql } from 'kysely'

const SHOWN_CHARS = 600

/** For whoever has to find out why nothing moves: messages by status, and what Postgres is doing, for how many seconds. */
export async function describeStall(database: Database): Promise<string> {
  const counts = await sql<{ status: string; count: number }>`
    select status, count(*)::int as count from messages group by status`.execute(database)
  const running = await sql<{ app: string; seconds: number; wait: string | null; query: string }>`
    select application_name as app, extract(epoch from now() - query_start)::int as seconds, wait_event as wait, query
    from pg_stat_activity
    where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()`.execute(database)
  return [
    ...counts.rows.map(({ status, count }) => `${status}: ${count}`),
    ...running.rows.map(
      ({ app, seconds, wait, query }) =>
        `${app}, for ${seconds} s, waiting for ${wait ?? 'nothing'}: ${query.replaceAll(/\s+/g, ' ').slice(0, SHOWN_CHARS)}`,
    ),
  ].join('\n')
}
