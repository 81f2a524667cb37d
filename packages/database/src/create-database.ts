import { Kysely, PostgresDialect, sql } from 'kysely'
import { Pool } from 'pg'
import { preparedPool } from './prepared-pool.ts'
import type { DB } from './schema.ts'

/** A database or a transaction of it: the first argument of every query function. */
export type Database = Kysely<DB>

export interface DatabaseOptions {
  url: string
  poolMax: number
  /** Shown in pg_stat_activity. */
  applicationName: string
  /**
   * One plan of a statement for all values, instead of trying each anew a few times. For who asks the same few statements
   * all day, whose planning takes longer than they do; not where a value decides which index fits.
   */
  hasFixedPlans?: boolean
  /** Told of connections that break while idle; the pool replaces them by itself. */
  onError?: (error: Error) => void
}

export function createDatabase(options: DatabaseOptions): Database & { close(): Promise<void> } {
  const pool = new Pool({
    connectionString: options.url,
    max: options.poolMax,
    application_name: options.applicationName,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 30_000,
    ...(options.hasFixedPlans === true && { options: '-c plan_cache_mode=force_generic_plan' }),
  })
  // Without a listener a connection that the server cuts would end the process.
  pool.on('error', (error) => options.onError?.(error))
  // The pool takes its own listener off a connection that is lent out; one cut between two queries of a transaction has ours.
  pool.on('connect', (client) => client.on('error', (error) => options.onError?.(error)))
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: preparedPool(pool) }) })
  return Object.assign(db, { close: () => db.destroy() })
}

export async function pingDatabase(db: Database): Promise<void> {
  await sql`select 1`.execute(db)
}
