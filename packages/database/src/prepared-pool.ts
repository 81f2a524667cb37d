import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { classifyDatabaseFailure } from './database-failure.ts'
import { retryConflicts } from './retry-conflicts.ts'

// Our statements are some dozens; lists of unknown length could make endlessly many, and those stay unprepared.
const MAX_PREPARED = 300

// A plan fits the sizes that tables and indexes had when it was made, and Postgres makes a new one only after it has
// analysed a table. One made while a queue was empty would read all of it for minutes after it has grown.
const PLANS_LAST_MS = 15_000

// As Kysely says it. A commit that fails has ended its transaction, too.
const BEGINS = /^(?:begin|start transaction)\b/
const ENDS = /^(?:commit|rollback)$/

/**
 * Lets every statement with parameters be planned now and then instead of at each call: planning a claim takes longer
 * than running it. Needs a connection of one's own, or PgBouncer 1.21 and later.
 *
 * A statement outside of a transaction that lost against another transaction is run again: it is one by itself, and
 * nothing of it has been kept. What stands in a transaction is repeated as a whole, by `inTransaction`.
 */
export function preparedPool(
  pool: Pool,
  { plansLastMs = PLANS_LAST_MS }: { plansLastMs?: number } = {},
): PostgresPool {
  const names = new Map<string, string>()
  const clients = new WeakMap<PoolClient, { prepared: PostgresPoolClient; plannedAtMs: number }>()

  function nameOf(text: string): string | undefined {
    const known = names.get(text)
    if (known !== undefined || names.size >= MAX_PREPARED) return known
    const name = `s${names.size}`
    names.set(text, name)
    return name
  }

  function prepare(client: PoolClient): PostgresPoolClient {
    // The server says that it ends a connection before the connection has ended: nobody else should get it in between.
    let isLost = false
    let isInTransaction = false
    return Object.assign(Object.create(client), {
      async query(text: string, values: readonly unknown[] = []) {
        if (BEGINS.test(text)) isInTransaction = true
        const isAlone = !isInTransaction
        if (ENDS.test(text)) isInTransaction = false
        const name = values.length > 0 ? { name: nameOf(text) } : {}
        const run = () => client.query({ text, values: [...values], ...name })
        try {
          return isAlone ? await retryConflicts(run) : await run()
        } catch (error) {
          isLost ||= classifyDatabaseFailure(error) === 'lost'
          throw error
        }
      },
      release: (destroy?: boolean) => client.release(destroy === true || isLost),
    })
  }

  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect()
      const nowMs = performance.now()
      const known = clients.get(client)
      if (known === undefined) {
        const prepared = prepare(client)
        clients.set(client, { prepared, plannedAtMs: nowMs })
        return prepared
      }
      if (nowMs - known.plannedAtMs > plansLastMs) {
        known.plannedAtMs = nowMs
        await discardPlans(client)
      }
      return known.prepared
    },
  }
}

async function discardPlans(client: PoolClient): Promise<void> {
  try {
    await client.query('discard plans')
  } catch (error) {
    client.release(true)
    throw error
  }
}
