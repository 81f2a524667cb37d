import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { judgeDeferredNow } from '../messages/judge-deferred-now.ts'
import { messagesSince } from '../messages/messages-since.ts'
import { waitOf } from '../wait-of.ts'

/** When Telegram says something happened: Unix seconds, and the update's number for what happened in the same second. */
export interface UpdateTime {
  date: number
  id: number
}

/**
 * Ends an open registration and, in the same statement, everything of it that waits in the queue; what is deferred for its
 * contact is looked at again at once. `update` is the
 * Telegram update that says so, if one does: an update older than the one behind today's status changes nothing. `call` is
 * the message in answer to which Telegram said so: what the person did since it was claimed counts more.
 * Undefined when it did not end now: it was ended before, or was opened again meanwhile.
 */
export async function closeRegistration(
  db: Database,
  shopId: string,
  target: {
    registrationId: string
    status: 'stopped' | 'blocked' | 'revoked'
    reason: string
    update?: UpdateTime
    call?: { messageId: string; epoch: string }
  },
): Promise<{ suppressed: number } | undefined> {
  const { update, call } = target
  const claimedAt =
    call === undefined
      ? sql`'infinity'::timestamptz`
      : sql`(
          select claimed_at from ${messagesSince(sql`now() - interval '1 day'`)} message
          where shop_id = ${shopId} and id = ${call.messageId} and epoch = ${call.epoch})`
  const { rows } = await sql<{ suppressed: number }>`
    with seen as (
      -- One that is closed already stays as it is, but remembers the newer update: an older one must not open it.
      update registrations set
        status = case status when 'active' then ${target.status} else status end,
        status_changed_at = case status when 'active' then clock_timestamp() else status_changed_at end,
        status_update_at = coalesce(to_timestamp(${update?.date ?? null}), status_update_at),
        status_update_id = coalesce(${update?.id ?? null}, status_update_id)
      where shop_id = ${shopId} and id = ${target.registrationId}
        and (${update?.date ?? null}::float8 is null or (status_update_at, status_update_id)
          <= (to_timestamp(${update?.date ?? null}), ${update?.id ?? null}::bigint))
        and status_changed_at < ${claimedAt}
      returning shop_id, id, bot_id, chat_id, contact_id, old.status as was
    ), closed as (
      select * from seen where was = 'active'
    ), waiting as (
      select shop_id, id from messages
      where bot_id = (select bot_id from closed) and chat_id = (select chat_id from closed)
        and registration_id = (select id from closed) and ended_at is null and status = 'queued'
      order by id for update
    ), suppressed as (
      update messages message set status = 'suppressed', reason = ${target.reason}, ended_at = clock_timestamp()
      from waiting where message.shop_id = waiting.shop_id and message.id = waiting.id and message.ended_at is null
      returning message.id
    ), deferred as (${judgeDeferredNow({ shopId, contactId: sql`(select contact_id from closed)` })}
    )
    select (select count(*)::int from suppressed) as suppressed from closed`.execute(db)
  return rows[0]
}

/**
 * A group became a supergroup: its registration and all that waits for it or is under way move to the new chat id. When
 * that chat has a registration already, the old one is closed; what waits goes to the other one if that is the same
 * contact's, and is suppressed if not.
 */
export async function moveChat(
  db: Database,
  shopId: string,
  move: { registrationId: string; chatId: string },
): Promise<void> {
  await sql`
    with former as (
      select shop_id, id, bot_id, contact_id, chat_id from registrations
      where shop_id = ${shopId} and id = ${move.registrationId} for update
    ), heir as (
      select other.id, other.contact_id = former.contact_id as is_same_contact
      from registrations other join former on other.shop_id = former.shop_id and other.bot_id = former.bot_id
      where other.chat_id = ${move.chatId} and other.id <> former.id
    ), changed as (
      update registrations registration set
        chat_id = case when exists (select from heir) then registration.chat_id else ${move.chatId} end,
        status = case when exists (select from heir) then 'revoked' else status end,
        status_changed_at = case when exists (select from heir) then clock_timestamp() else status_changed_at end
      from former where registration.shop_id = former.shop_id and registration.id = former.id
    ), waiting as (
      select shop_id, id from messages where ended_at is null and id = any (array(
        select id from messages where bot_id = (select bot_id from former)
          and chat_id = (select chat_id from former) and ended_at is null and status = 'queued'
        union all
        select id from messages where bot_id = (select bot_id from former)
          and chat_id = (select chat_id from former) and ended_at is null and status = 'sending')) order by id for update
    )
    update messages message set
      chat_id = ${move.chatId},
      registration_id = coalesce((select id from heir where is_same_contact), registration_id),
      status = case when status = 'queued' and exists (select from heir where not is_same_contact) then 'suppressed'
        else status end,
      reason = case when status = 'queued' and exists (select from heir where not is_same_contact)
        then 'registration_revoked' else reason end,
      ended_at = case when status = 'queued' and exists (select from heir where not is_same_contact)
        then clock_timestamp() else ended_at end
    from waiting where message.shop_id = waiting.shop_id and message.id = waiting.id and message.ended_at is null
      and message.registration_id = (select id from former)`.execute(db)
}

/**
 * Telegram asked for silence in one chat; a longer wait that is known already stays. No wait is shorter than a second. Of
 * a chat that nobody has registered nothing is kept.
 */
export async function coolChat(
  db: Database,
  shopId: string,
  wait: { retryAfterSeconds: number } & ({ registrationId: string } | { botId: string; chatId: number }),
): Promise<void> {
  const isMeant =
    'registrationId' in wait
      ? sql`id = ${wait.registrationId}`
      : sql`bot_id = ${wait.botId} and chat_id = ${wait.chatId}`
  await sql`
    update registrations set
      cooling_until = greatest(cooling_until, clock_timestamp() + ${waitOf(wait.retryAfterSeconds)})
    where shop_id = ${shopId} and ${isMeant}`.execute(db)
}
