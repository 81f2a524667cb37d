import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import type { ErasedMember } from './erased-member.ts'
import { namesPeople, redactPeople, withoutData, wordsFor } from './redact-event.ts'

const BATCH = 500

export interface ErasedEvents {
  count: number
  /** Of each event that tells others, too: what it called the people who were taken out. */
  shared: Map<string, string[]>
}

/** Takes people out of these events; one that tells nobody else loses all its data. */
export async function eraseEvents(
  trx: Database,
  shopId: string,
  { ids, members }: { ids: string[]; members: ErasedMember[] },
): Promise<ErasedEvents> {
  const stubs = new Map(members.map(({ externalId, stub }) => [externalId, stub]))
  const externalIds = new Set(stubs.keys())
  const erased: ErasedEvents = { count: 0, shared: new Map() }
  for (let from = 0; from < ids.length; from += BATCH) {
    const read = await readEvents(trx, shopId, ids.slice(from, from + BATCH))
    const events = read.filter(({ body }) => namesPeople(body, externalIds))
    const shared = await listShared(trx, shopId, { events, members })
    for (const { id, body } of events) if (shared.has(id)) erased.shared.set(id, wordsFor(body, stubs))
    const changed = events.map(({ id, body }) => ({
      id,
      body: shared.has(id) ? redactPeople(body, stubs) : withoutData(body, 'erasure'),
    }))
    await sql`
      update events event set body = changed.body
      from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as changed (id bigint, body jsonb)
      where event.shop_id = ${shopId} and event.id = changed.id`.execute(trx)
    erased.count += events.length
  }
  return erased
}

interface EventToErase {
  id: string
  body: Record<string, unknown>
}

async function readEvents(trx: Database, shopId: string, ids: string[]): Promise<EventToErase[]> {
  const { rows } = await sql<EventToErase>`
    select id, body from events where shop_id = ${shopId} and id = any (${ids}::bigint[]) order by id for update`.execute(
    trx,
  )
  return rows
}

/** Those that tell somebody else, too. */
async function listShared(
  trx: Database,
  shopId: string,
  { events, members }: { events: EventToErase[]; members: ErasedMember[] },
): Promise<Set<string>> {
  const names = members.map(({ externalId }) => externalId)
  const { rows } = await sql<{ id: string }>`
    select distinct message.event_id as id
    from events event join messages message on message.id = any (event.message_ids)
    where event.shop_id = ${shopId} and event.id = any (${events.map(({ id }) => id)}::bigint[])
      and message.recipient <> all (${names}::text[])`.execute(trx)
  return new Set(rows.map(({ id }) => id))
}
