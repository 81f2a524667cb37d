import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { rfc3339 } from '../rfc3339.ts'
import { namesPeople } from './redact-event.ts'
import { findSearchStart } from './search-start.ts'

export interface EventAbout {
  id: string
  /** The shop's own. */
  eventId: string
  source: string
  kind: string
  acceptedAt: string
  body: Record<string, unknown>
  messageIds: string[]
}

// So many are looked at by one statement, some tenths of a second; and so many bodies are held at a time.
const EVENTS_LOOKED_AT = 20_000
const EVENTS_HELD = 500

/**
 * The events that name a person anywhere, oldest first, batch by batch: as recipient, in another part, in `data.to`, in what
 * the shop added. Looks at every event that still has its data; those before retention's mark have none, but for the few
 * that a message still needs.
 */
export async function* listEventsAbout(
  db: Database,
  shopId: string,
  { externalIds, beyondId }: { externalIds: string[]; beyondId?: string },
): AsyncGenerator<EventAbout[]> {
  const since = await findSearchStart(db, shopId)
  const saysAnId = `strict $.** ? (${externalIds.map((id) => `@ == ${JSON.stringify(id)}`).join(' || ')})`
  // Much cheaper than looking into it, and true of nearly none.
  const holdsAnId = sql.join(
    externalIds.map((id) => sql`strpos(body::text, ${JSON.stringify(id)}) > 0`),
    sql` or `,
  )
  const ids = new Set(externalIds)
  let afterId = beyondId ?? '0'
  for (;;) {
    const lastId = await findLastOfBatch(db, shopId, { afterId, since })
    if (lastId === undefined) return
    const { rows } = await sql<EventAbout>`
      select id, event_id as "eventId", source, kind, ${rfc3339('accepted_at')} as "acceptedAt", body,
        message_ids::text[] as "messageIds"
      from events where shop_id = ${shopId} and id > ${afterId} and id <= ${lastId} and accepted_at >= ${since}::timestamptz
        and (${holdsAnId}) and jsonb_path_exists((body -> 'data')::jsonb, ${saysAnId}::jsonpath)
      order by id limit ${EVENTS_HELD}`.execute(db)
    // An order may have the number of a customer: only Postgres is fast at looking, and only here is it seen what it is.
    const events = rows.filter(({ body }) => namesPeople(body, ids))
    if (events.length > 0) yield events
    afterId = rows.length < EVENTS_HELD ? lastId : (rows.at(-1)?.id ?? lastId)
  }
}

/** Numbers of events, and up to which one all have been looked at. */
export interface FoundEvents {
  ids: string[]
  upToId: string
}

/** The same, by their numbers alone; nothing is locked meanwhile, however long it takes. */
export async function findEventsAbout(
  db: Database,
  shopId: string,
  about: { externalIds: string[]; beyondId?: string },
): Promise<FoundEvents> {
  const { rows } = await sql<{ id: string }>`
    select coalesce(max(id), 0) as id from events where shop_id = ${shopId}`.execute(db)
  const ids: string[] = []
  for await (const events of listEventsAbout(db, shopId, about)) ids.push(...events.map(({ id }) => id))
  return { ids, upToId: rows[0]?.id ?? '0' }
}

async function findLastOfBatch(
  db: Database,
  shopId: string,
  { afterId, since }: { afterId: string; since: string },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string | null }>`
    select max(id) as id from (select id from events
      where shop_id = ${shopId} and id > ${afterId} and accepted_at >= ${since}::timestamptz
      order by id limit ${EVENTS_LOOKED_AT}) batch`.execute(db)
  return rows[0]?.id ?? undefined
}
