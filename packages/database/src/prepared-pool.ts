import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type { Pool, PoolClient } from 'pg'

// Our statements are some dozens; lists of unknown length could make endlessly many, and those stay unprepared.
const MAX_PREPARED = 300

/**
 * Lets every statement with parameters be planned once per connection instead of at each call: planning a claim takes
 * longer than running it. Needs a connection of one's own, or PgBouncer 1.21 and later.
 */
export function preparedPool(pool: Pool): PostgresPool {
  const names = new Map<string, string>()
  const clients = new WeakMap<PoolClient, PostgresPoolClient>()

  function nameOf(text: string): string | undefined {
    const known = names.get(text)
    if (known !== undefined || names.size >= MAX_PREPARED) return known
    const name = `s${names.size}`
    names.set(text, name)
    return name
  }

  function prepare(client: PoolClient): PostgresPoolClient {
    return Object.assign(Object.create(client), {
      query: (text: string, values: readonly unknown[] = []) =>
        client.query({ text, values: [...values], ...(values.length > 0 ? { name: nameOf(text) } : {}) }),
      release: (destroy?: boolean) => client.release(destroy),
    })
  }

  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect()
      const prepared = clients.get(client) ?? prepare(client)
      clients.set(client, prepared)
      return prepared
    },
  }
}
