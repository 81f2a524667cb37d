import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import type { ErasedMember } from './erase-contact.ts'
import { listEventsAbout, type EventAbout } from './events-about.ts'
import { maskWords } from './mask-words.ts'
import { redactPeople, withoutData, wordsFor } from './redact-event.ts'

/**
 * Takes people out of the events that name them, and their names out of what others were told by these; an event that tells
 * nobody else loses all its data. To be called when their own messages have been erased. Answers how many events there were.
 */
export async function eraseEvents(trx: Database, shopId: string, members: ErasedMember[]): Promise<number> {
  const stubs = new Map(members.map(({ externalId, stub }) => [externalId, stub]))
  let erased = 0
  for await (const events of listEventsAbout(trx, shopId, [...stubs.keys()])) {
    const shared = await listShared(trx, shopId, { events, names: [...stubs.values()] })
    const changed = events.map(({ id, body }) => ({
      id,
      body: shared.has(id) ? redactPeople(body, stubs) : withoutData(body, 'erasure'),
    }))
    await sql`
      update events event set body = changed.body
      from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as changed (id bigint, body jsonb)
      where event.shop_id = ${shopId} and event.id = changed.id`.execute(trx)
    await maskInMessages(trx, shopId, { events: events.filter(({ id }) => shared.has(id)), stubs })
    erased += events.length
  }
  return erased
}

/** Those that tell somebody else, too. */
async function listShared(
  trx: Database,
  shopId: string,
  { events, names }: { events: EventAbout[]; names: string[] },
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select distinct event_id as id from messages
    where shop_id = ${shopId} and event_id = any (${events.map(({ id }) => id)}::bigint[])
      and recipient <> all (${names}::text[])`.execute(trx)
  return new Set(rows.map(({ id }) => id))
}

/** What others were told, or are going to be, stays theirs; it no longer says who did it. */
async function maskInMessages(
  trx: Database,
  shopId: string,
  { events, stubs }: { events: EventAbout[]; stubs: ReadonlyMap<string, string> },
): Promise<void> {
  if (events.length === 0) return
  const words = new Map(events.map(({ id, body }) => [id, wordsFor(body, stubs)]))
  const { rows } = await sql<{ id: string; eventId: string; content: unknown; detail: string | null }>`
    select id, event_id as "eventId", content, detail from messages
    where shop_id = ${shopId} and event_id = any (${[...words.keys()]}::bigint[])
      and (content is not null or detail is not null)
    order by id for update`.execute(trx)
  const masked = rows.map(({ id, eventId, content, detail }) => ({
    id,
    ...Object(maskWords({ content, detail }, words.get(eventId) ?? [])),
  }))
  await sql`
    update messages message set content = nullif(masked.content, 'null'::jsonb), detail = masked.detail
    from jsonb_to_recordset(${JSON.stringify(masked)}::jsonb) as masked (id bigint, content jsonb, detail text)
    where message.shop_id = ${shopId} and message.id = masked.id`.execute(trx)
}
