import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'

/**
 * Lets the deferred messages go whose time has come, at most `limit`, the longest due first, and answers their ids: they wait
 * to be rendered again. What another process releases just now is left to it.
 */
export async function releaseDeferred(db: Database, options: { limit: number }): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with due as materialized (
      select shop_id, id from messages
      where ended_at is null and status = 'accepted' and due_at is not null and due_at <= now()
      order by due_at, id limit ${options.limit} for update skip locked
    )
    update messages message set due_at = null, released_at = clock_timestamp()
    from due where message.shop_id = due.shop_id and message.id = due.id and message.ended_at is null
    returning message.id`.execute(db)
  return rows.map(({ id }) => id).toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))
}
