import type { ShopEvent } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { messagesSince } from '../messages/messages-since.ts'

// So many are looked at, whatever their kind: some tens of milliseconds.
const EVENTS_LOOKED_AT = 20_000

/**
 * The youngest event of a kind, and of a state if one is given, that the shop reported itself and that still has its data;
 * among its last 20,000 of all kinds.
 */
export async function findLastEvent(
  db: Database,
  shopId: string,
  { kind, state }: { kind: string; state?: string | undefined },
): Promise<ShopEvent | undefined> {
  const ofState =
    state === undefined
      ? sql``
      : sql`and exists (select from ${messagesSince(sql`event.accepted_at`)} message
          where id = any (event.message_ids) and state = ${state})`
  const { rows } = await sql<{ body: ShopEvent }>`
    select event.body from (
      select id, kind, received_over, body, message_ids, accepted_at from events where shop_id = ${shopId}
      order by id desc limit ${EVENTS_LOOKED_AT}
    ) event
    where event.kind = ${kind} and event.received_over <> 'postino' and event.body -> 'data' is not null ${ofState}
    order by event.id desc limit 1`.execute(db)
  return rows[0]?.body
}
