import type { Database } from '@postino/database'
import { sql } from 'kysely'

/** Makes Postgres keep count of its statements. */
export const STATEMENTS_SETTINGS = {
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.track_planning': 'on',
}

const SHOWN = 25
const SHOWN_CHARS = 150

interface Spent {
  query: string
  calls: number
  rows: number
  ms: number
  planMs: number
}

/**
 * From now on counts what Postgres spends its time on; what it answers, when asked, is a table of the dearest statements, in
 * microseconds of execution and planning for each of so many messages.
 */
export async function watchStatements(database: Database): Promise<(messages: number) => Promise<string>> {
  await sql`create extension if not exists pg_stat_statements`.execute(database)
  await sql`select pg_stat_statements_reset()`.execute(database)
  return async (messages) => {
    const { rows } = await sql<Spent>`
      select query, calls::int, rows::int, (total_exec_time + total_plan_time)::float8 as ms, total_plan_time::float8 as "planMs"
      from pg_stat_statements where query not like '%pg_stat_statements%' order by ms desc`.execute(database)
    const us = (ms: number) => ((ms * 1_000) / messages).toFixed(1).padStart(7)
    const all = rows.reduce((sum, { ms }) => sum + ms, 0)
    const lines = rows
      .slice(0, SHOWN)
      .map(
        ({ query, calls, rows: touched, ms, planMs }) =>
          `${us(ms)} ${us(planMs)} ${String(calls).padStart(7)} ${String(touched).padStart(8)}  ${shorten(query)}`,
      )
    return [
      `   µs/m    plan   calls     rows  statement (all: ${us(all).trim()} µs a message)`,
      ...lines,
    ].join('\n')
  }
}

function shorten(query: string): string {
  return query.replaceAll(/\s+/g, ' ').trim().slice(0, SHOWN_CHARS)
}
