import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { eventOf } from './event-of.ts'

/** Its call left and got no answer, and its template says that the shop decides what becomes of it. */
export interface HeldMessage {
  id: string
  eventId: string
  kind: string
  recipient: string
  /** Why nobody knows whether it arrived. */
  reason: string | null
  claimedAt: Date
}

const IS_HELD = sql`message.status = 'unknown' and message.ended_at is null and message.due_at is null`

/** Those that wait for their shop, oldest first, at most `limit`. */
export async function listHeldMessages(
  db: Database,
  shopId: string,
  { limit }: { limit: number },
): Promise<HeldMessage[]> {
  const { rows } = await sql<HeldMessage>`
    select message.id, event.event_id as "eventId", message.kind, message.recipient, message.reason,
      message.claimed_at as "claimedAt"
    from messages message cross join lateral (${eventOf()}) event
    where message.shop_id = ${shopId} and ${IS_HELD} order by message.id limit ${limit}`.execute(db)
  return rows
}

/** Sends a held message once more, as soon as its bot has a turn; undefined when it is not held. */
export async function resendHeldMessage(
  db: Database,
  shopId: string,
  messageId: string,
): Promise<{ botId: string } | undefined> {
  const { rows } = await sql<{ botId: string }>`
    update messages message set due_at = clock_timestamp()
    where message.shop_id = ${shopId} and message.id = ${messageId} and ${IS_HELD}
    returning message.bot_id as "botId"`.execute(db)
  return rows[0]
}

/** Leaves a held message as it is, for good; false when it is not held. */
export async function dropHeldMessage(db: Database, shopId: string, messageId: string): Promise<boolean> {
  const { rows } = await sql`
    update messages message set ended_at = clock_timestamp()
    where message.shop_id = ${shopId} and message.id = ${messageId} and ${IS_HELD}
    returning message.id`.execute(db)
  return rows.length > 0
}
