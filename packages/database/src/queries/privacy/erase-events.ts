import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import type { ErasedMember } from './erase-contact.ts'
import { listEventsAbout, type EventAbout } from './events-about.ts'
import { redactPeople, withoutData } from './redact-event.ts'

/**
 * Takes people out of the events that name them; an event that tells nobody else loses all its data. To be called when
 * their messages have been erased. Answers how many events there were.
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
