import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'

/**
 * Since when events of a shop may still have their data, as Postgres writes a time: from retention's mark on, or from the
 * oldest before it that some message still needs. All else was cleared.
 */
export async function findSearchStart(db: Database, shopId: string): Promise<string> {
  const { rows } = await sql<{ since: string }>`
    select least(coalesce((select up_to from retention_marks where kind = 'event_data'), '-infinity'),
      (select min(accepted_at) from needed_events where shop_id = ${shopId}))::text as since`.execute(db)
  return rows[0]?.since ?? '-infinity'
}
