import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { messagesSince } from '../messages/messages-since.ts'
import type { ErasedMember } from './erased-member.ts'
import { namesPeople, redactPeople, withoutData, wordsFor } from './redact-event.ts'
import { findSearchStart } from './search-start.ts'

const BATCH = 500

export interface ErasedEvents {
  count: number
  /** Of each event that tells others, too. */
  shared: Map<string, SharedEvent>
}

export interface SharedEvent {
  /** What it called the people who were taken out. */
  words: string[]
  messageIds: string[]
}

/** Takes people out of these events; one that tells nobody else loses all its data. */
export async function eraseEvents(
  trx: Database,
  shopId: string,
  { ids, members }: { ids: string[]; members: ErasedMember[] },
): Promise<ErasedEvents> {
  const since = await findSearchStart(trx, shopId)
  const stubs = new Map(members.map(({ externalId, stub }) => [externalId, stub]))
  const externalIds = new Set(stubs.keys())
  const erased: ErasedEvents = { count: 0, shared: new Map() }
  for (let from = 0; from < ids.length; from += BATCH) {
    const read = await readEvents(trx, shopId, { ids: ids.slice(from, from + BATCH), since })
    const events = read.filter(({ body }) => namesPeople(body, externalIds))
    const shared = await listShared(trx, { events, members, since })
    for (const { id, body, messageIds } of events)
      if (shared.has(id)) erased.shared.set(id, { words: wordsFor(body, stubs), messageIds })
    const changed = events.map(({ id, body }) => ({
      id,
      body: shared.has(id) ? redactPeople(body, stubs) : withoutData(body, 'erasure'),
    }))
    await sql`
      update events event set body = changed.body
      from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as changed (id bigint, body jsonb)
      where event.shop_id = ${shopId} and event.id = changed.id and event.accepted_at >= ${since}::timestamptz`.execute(
      trx,
    )
    erased.count += events.length
  }
  return erased
}

interface EventToErase {
  id: string
  body: Record<string, unknown>
  messageIds: string[]
}

async function readEvents(
  trx: Database,
  shopId: string,
  { ids, since }: { ids: string[]; since: string },
): Promise<EventToErase[]> {
  const { rows } = await sql<EventToErase>`
    select id, body, message_ids::text[] as "messageIds" from events
    where shop_id = ${shopId} and id = any (${ids}::bigint[]) and accepted_at >= ${since}::timestamptz
    order by id for update`.execute(trx)
  return rows
}

/** Those that tell somebody else, too. */
async function listShared(
  trx: Database,
  { events, members, since }: { events: EventToErase[]; members: ErasedMember[]; since: string },
): Promise<Set<string>> {
  const names = members.map(({ externalId }) => externalId)
  const messageIds = events.flatMap((event) => event.messageIds)
  const { rows } = await sql<{ id: string }>`
    select distinct event_id as id from ${messagesSince(sql`${since}::timestamptz`)} message
    where id = any (${messageIds}::bigint[]) and recipient <> all (${names}::text[])`.execute(trx)
  return new Set(rows.map(({ id }) => id))
}
