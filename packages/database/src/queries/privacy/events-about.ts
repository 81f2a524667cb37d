import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { rfc3339 } from '../rfc3339.ts'

export interface EventAbout {
  id: string
  /** The shop's own. */
  eventId: string
  source: string
  kind: string
  acceptedAt: string
  body: Record<string, unknown>
}

// So many are looked at by one statement, some tenths of a second; and so many bodies are held at a time.
const EVENTS_LOOKED_AT = 20_000
const EVENTS_HELD = 500
const NAMES_THEM = `exists($.data.** ? (@.external_id == $ids[*])) || exists($.data.extra.** ? (@ == $ids[*]))`

/**
 * The events that name a person anywhere, oldest first, batch by batch: as recipient, in another part, in `data.to`, in what
 * the shop added. Looks at every event that still has its data; those before retention's mark have none.
 */
export async function* listEventsAbout(
  db: Database,
  shopId: string,
  externalIds: string[],
): AsyncGenerator<EventAbout[]> {
  const ids = JSON.stringify({ ids: externalIds })
  let afterId = await findFirstWithData(db, shopId)
  for (;;) {
    const lastId = await findLastOfBatch(db, shopId, afterId)
    if (lastId === undefined) return
    const { rows } = await sql<EventAbout>`
      select id, event_id as "eventId", source, kind, ${rfc3339('accepted_at')} as "acceptedAt", body
      from events where shop_id = ${shopId} and id > ${afterId} and id <= ${lastId}
        and jsonb_path_match(body, ${sql.lit(NAMES_THEM)}, ${ids}::jsonb)
      order by id limit ${EVENTS_HELD}`.execute(db)
    if (rows.length > 0) yield rows
    afterId = rows.length < EVENTS_HELD ? lastId : (rows.at(-1)?.id ?? lastId)
  }
}

async function findFirstWithData(db: Database, shopId: string): Promise<string> {
  const mark = await db
    .selectFrom('retention_progress')
    .select('up_to_id as id')
    .where('shop_id', '=', shopId)
    .where('kind', '=', 'event_data')
    .executeTakeFirst()
  return mark?.id ?? '0'
}

async function findLastOfBatch(db: Database, shopId: string, afterId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string | null }>`
    select max(id) as id from (select id from events where shop_id = ${shopId} and id > ${afterId}
      order by id limit ${EVENTS_LOOKED_AT}) batch`.execute(db)
  return rows[0]?.id ?? undefined
}
