import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { messagesSince } from '../messages/messages-since.ts'
import type { ContactExport, ExportedEvent } from './contact-export.ts'
import { listEventsAbout, type EventAbout } from './events-about.ts'
import { partsAbout } from './parts-about.ts'

const MOST_EXPORTED = 10_000
/** Of their JSON; what is older is counted and left out. */
const MOST_CHARS = 32 * 1024 * 1024

/** What the shop's events say of a person, oldest first: the youngest 10,000 or 32 MB, and how many there are. */
export async function exportEvents(
  trx: Database,
  shopId: string,
  externalIds: string[],
): Promise<ContactExport['events']> {
  const ids = new Set(externalIds)
  let kept: { item: ExportedEvent; chars: number }[] = []
  let total = 0
  for await (const events of listEventsAbout(trx, shopId, { externalIds })) {
    const told = await listTold(trx, { events, externalIds })
    total += events.length
    for (const event of events) {
      const item = describe(event, ids, told)
      kept.push({ item, chars: JSON.stringify(item).length })
    }
    kept = keepYoungest(kept)
  }
  return { total, items: kept.map(({ item }) => item) }
}

function keepYoungest<Kept extends { chars: number }>(kept: Kept[]): Kept[] {
  let chars = 0
  const first = kept.findLastIndex((each) => {
    chars += each.chars
    return chars > MOST_CHARS
  })
  return kept.slice(first + 1).slice(-MOST_EXPORTED)
}

function describe(event: EventAbout, ids: ReadonlySet<string>, told: ReadonlySet<string>): ExportedEvent {
  const { people, data } = partsAbout(event.body, ids)
  return {
    id: event.eventId,
    source: event.source,
    kind: event.kind,
    accepted_at: event.acceptedAt,
    people,
    data: told.has(event.id) ? data : null,
  }
}

async function listTold(
  trx: Database,
  { events, externalIds }: { events: EventAbout[]; externalIds: string[] },
): Promise<Set<string>> {
  const first = events.map(({ acceptedAt }) => acceptedAt).toSorted()[0] ?? '-infinity'
  const { rows } = await sql<{ id: string }>`
    select distinct event_id as id from ${messagesSince(sql`${first}::timestamptz`)} message
    where id = any (${events.flatMap(({ messageIds }) => messageIds)}::bigint[])
      and recipient = any (${externalIds}::text[])`.execute(trx)
  return new Set(rows.map(({ id }) => id))
}
