import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
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
 *
 * @param words of each event: what it called the people who are taken out
 */
export async function maskInMessages(
  trx: Database,
  shopId: string,
  words: ReadonlyMap<string, string[]>,
): Promise<void> {
  const eventIds = [...words.keys()]
  for (let from = 0; from < eventIds.length; from += BATCH) {
    const batch = eventIds.slice(from, from + BATCH)
    const told = await readTold(trx, shopId, batch)
    const masked = told.map(({ id, eventId, content, detail }) => ({
      id,
      ...Object(maskWords({ content, detail }, words.get(eventId) ?? [])),
    }))
    await sql`
      update messages message set content = nullif(masked.content, 'null'::jsonb), detail = masked.detail
      from jsonb_to_recordset(${JSON.stringify(masked)}::jsonb) as masked (id bigint, content jsonb, detail text)
      where message.shop_id = ${shopId} and message.id = masked.id`.execute(trx)
    await sql`
      update messages message set revision = revision + 1
      from (select id from messages where ${ofEvents(shopId, batch)}
        and status = 'accepted' order by id for update) waiting
      where message.shop_id = ${shopId} and message.id = waiting.id`.execute(trx)
  }
}

function ofEvents(shopId: string, eventIds: string[]) {
  return sql`id = any (array(
    select unnest(message_ids) from events where shop_id = ${shopId} and id = any (${eventIds}::bigint[])))`
}

async function readTold(trx: Database, shopId: string, eventIds: string[]): Promise<Told[]> {
  const { rows } = await sql<Told>`
    select id, event_id as "eventId", content, detail from messages
    where ${ofEvents(shopId, eventIds)}
      and (content is not null or detail is not null)
    order by id for update`.execute(trx)
  return rows
}
