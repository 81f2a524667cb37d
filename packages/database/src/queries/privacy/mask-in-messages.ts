import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import type { SharedEvent } from './erase-events.ts'
import { maskWords } from './mask-words.ts'

const BATCH = 500

interface Told {
  id: string
  eventId: string
  content: unknown
  detail: string | null
}

/**
 * What others were told, or are going to be, stays theirs; it no longer says who did it. What is being rendered just now is
 * rendered anew, from the event as it is by then.
 */
export async function maskInMessages(
  trx: Database,
  shopId: string,
  events: ReadonlyMap<string, SharedEvent>,
): Promise<void> {
  const messageIds = [...events.values()].flatMap((event) => event.messageIds)
  for (let from = 0; from < messageIds.length; from += BATCH) {
    const ids = messageIds.slice(from, from + BATCH)
    const told = await readTold(trx, shopId, ids)
    const masked = told.map(({ id, eventId, content, detail }) => ({
      id,
      ...Object(maskWords({ content, detail }, events.get(eventId)?.words ?? [])),
    }))
    await sql`
      update messages message set content = nullif(masked.content, 'null'::jsonb), detail = masked.detail
      from jsonb_to_recordset(${JSON.stringify(masked)}::jsonb) as masked (id bigint, content jsonb, detail text)
      where message.shop_id = ${shopId} and message.id = masked.id`.execute(trx)
    await sql`
      update messages message set revision = revision + 1
      from (select id from messages where shop_id = ${shopId} and id = any (${ids}::bigint[])
        and ended_at is null and status = 'accepted' order by id for update) waiting
      where message.shop_id = ${shopId} and message.id = waiting.id and message.ended_at is null`.execute(trx)
  }
}

async function readTold(trx: Database, shopId: string, ids: string[]): Promise<Told[]> {
  const { rows } = await sql<Told>`
    select id, event_id as "eventId", content, detail from messages
    where shop_id = ${shopId} and id = any (${ids}::bigint[]) and (content is not null or detail is not null)
    order by id for update`.execute(trx)
  return rows
}
