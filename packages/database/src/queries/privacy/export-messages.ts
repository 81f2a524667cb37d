import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { attemptsOf } from '../messages/attempts-of.ts'
import { eventOf } from '../messages/event-of.ts'
import { rfc3339 } from '../rfc3339.ts'
import type { ContactExport, ExportedMessage } from './contact-export.ts'
import { listOpenMessages, type MessagesAim } from './find-messages-of.ts'

const MOST_EXPORTED = 10_000
const PAGE = 500

/** What a person was told, oldest first: the youngest 10,000, and how many there are. */
export async function exportMessages(
  trx: Database,
  shopId: string,
  people: MessagesAim,
): Promise<ContactExport['messages']> {
  const open = await listOpenMessages(trx, shopId, people)
  const { total, ids } = await listYoungestEnded(trx, shopId, people.externalIds)
  const youngest = [...ids, ...open].toSorted(byNumber).slice(-MOST_EXPORTED)
  const items: ExportedMessage[] = []
  for (let from = 0; from < youngest.length; from += PAGE)
    items.push(...(await readMessages(trx, shopId, youngest.slice(from, from + PAGE))))
  return { total: total + open.length, items }
}

async function listYoungestEnded(
  trx: Database,
  shopId: string,
  externalIds: string[],
): Promise<{ total: number; ids: string[] }> {
  const isTheirs = sql`shop_id = ${shopId} and recipient = any (${externalIds}::text[]) and ended_at is not null`
  const { rows } = await sql<{ total: number; ids: string[] }>`
    select (select count(*)::int from messages where ${isTheirs}) as total,
      array(select id::text from messages where ${isTheirs} order by id desc limit ${MOST_EXPORTED}) as ids`.execute(
    trx,
  )
  return rows[0] ?? { total: 0, ids: [] }
}

async function readMessages(trx: Database, shopId: string, ids: string[]): Promise<ExportedMessage[]> {
  const { rows } = await sql<ExportedMessage>`
    select message.id, event.event_id, message.kind, message.state, message.purpose, message.status, message.reason,
      message.chat_id, message.content, ${rfc3339('message.accepted_at')} as accepted_at,
      ${rfc3339('message.queued_at')} as queued_at, ${rfc3339('message.ended_at')} as ended_at,
      coalesce((select jsonb_agg(jsonb_build_object('started_at', ${rfc3339('attempt.started_at')},
          'ended_at', ${rfc3339('attempt.ended_at')}, 'outcome', attempt.outcome, 'description', attempt.description)
          order by attempt.started_at)
        from (${attemptsOf()}) attempt), '[]') as attempts,
      coalesce((select jsonb_agg(jsonb_build_object('action', press.action, 'pressed_at', ${rfc3339('press.pressed_at')})
          order by press.pressed_at, press.update_id)
        from button_presses press where press.shop_id = message.shop_id and press.message_id = message.id), '[]') as presses
    from messages message
    left join lateral (${eventOf()}) event on true
    where message.shop_id = ${shopId} and message.id = any (${ids}::bigint[]) order by message.id`.execute(
    trx,
  )
  return rows
}

function byNumber(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1)
}
