import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Stage } from './stage.ts'

const SHOWN_CHARS = 600
const WARNINGS_SHOWN = 3

/**
 * For whoever has to find out why nothing moves: messages by status, what Postgres is doing, for how many seconds, and what the
 * apps warned of last.
 */
export async function describeStall({ database, logFolder }: Stage): Promise<string> {
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
    ...readWarnings(logFolder),
  ].join('\n')
}

function readWarnings(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const lines = readFileSync(join(folder, name), 'utf8').split('\n')
    return lines
      .filter((line) => /"level":"(?:warn|error|fatal)"/.test(line))
      .slice(-WARNINGS_SHOWN)
      .map((line) => line.slice(0, SHOWN_CHARS))
  })
}
