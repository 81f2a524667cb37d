import type { MessageContent } from '@postino/domain'
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../create-database.ts'
import { claimRefusal } from './claim-refusal.ts'
import { headsOfQueue } from './heads-of-queue.ts'

export interface ClaimRequest {
  shopId: string
  botId: string
  epoch: string
  /** Messages that cost no more than this together, one per chat; the last one may cost more than is left. */
  take: number
  /** So many of these places are for reminders and bulk first, whatever transactional messages wait. Default 0. */
  spare?: number
  /** Chats that may not receive yet; those with a call under way are known without being named. */
  busyChats: string[]
}

/**
 * `seen`: how many the bot had waiting, as far as was looked; more than were claimed when something stays behind.
 * `isTalking`: people talk with the bot, and part of its limit is needed for the answers.
 */
export type Claim =
  | {
      status: 'sending'
      shopId: string
      botId: string
      /** The turn it was claimed for. */
      epoch: string
      id: string
      lane: number
      registrationId: string
      chatId: string
      content: MessageContent
      attempts: number
      acceptedAtMs: number
      seen: number
      isTalking: boolean
    }
  | {
      /**
       * `unknown`: its resend was due, but there is no right to it any more, or newer news of the same thing; what became of
       * the first call stays open. `superseded`: it came back to its place, and newer news is told. `accepted`: it is quiet where its recipient is by now; it is rendered anew, and deferred.
       */
      status: 'accepted' | 'expired' | 'superseded' | 'suppressed' | 'unknown'
      shopId: string
      botId: string
      epoch: string
      id: string
      lane: number
      reason: string
      seen: number
      isTalking: boolean
    }

/**
 * Claims the next due messages of each bot, lane by lane, oldest first, at most one per chat, and closes on the way what
 * may no longer be sent; what may not be sent at this hour goes back to be rendered. Skipped are busy chats, chats whose first message is not due yet, and those whose contact has
 * an earlier message of the lane still to be rendered. A request whose epoch is no longer the bot's gets nothing.
 */
export async function claimMessages(db: Database, requests: ClaimRequest[]): Promise<Claim[]> {
  const { rows } = await sql<Claim>`
    with request as (
      select * from jsonb_to_recordset(${JSON.stringify(requests)}::jsonb) as record (
        "shopId" bigint, "botId" bigint, epoch bigint, take int, spare int, "busyChats" bigint[])
    ), held as (
      -- The share lock makes the next turn wait until this claim is committed: no two turns claim side by side.
      select request."shopId", request."botId", request.epoch, request.take, coalesce(request.spare, 0) as spare,
        request."busyChats", coalesce(bot.talking_until > now(), false) as talks from request
      join bots bot on bot.shop_id = request."shopId" and bot.id = request."botId"
      where bot.epoch = request.epoch and bot.status = 'active'
        and (bot.cooling_until is null or bot.cooling_until <= now())
      order by bot.id for share of bot
    ), ${headsOfQueue()}, judged as (
      select message.ctid as row, message.shop_id, message.id, chosen."botId", chosen.epoch, message.status as was, registration.chat_id, chosen.seen::int,
        chosen.talks,
        -- Whatever was never called for was ended by the newer one itself.
        case when message.claimed_at is not null then newer_message(message.shop_id, message.recipient, message.bot_id,
          message.collapse_key, message.sequence, message.id) end as newer_id,
        ${claimRefusal()} as no_right
      from chosen
      -- As it was when it was chosen, without another search: whoever changes it meanwhile is not waited for.
      join messages_open message on message.ctid = chosen.row
      left join registrations registration
        on registration.shop_id = message.shop_id and registration.id = message.registration_id
      left join contacts contact on contact.shop_id = message.shop_id and contact.id = message.contact_id
      left join shops shop on shop.id = message.shop_id
      where message.status in ('queued', 'unknown') and (message.due_at <= now()
        or message.due_at is null and message.status = 'queued')
      for update of message skip locked
    ), ${verdictOfJudged()}
    update messages message set
      status = verdict.status,
      -- Of an unknown outcome these keep saying why it is unknown and whose late answer would still be taken.
      reason = case when verdict.status = 'unknown' then message.reason
        when verdict.status <> 'accepted' then verdict.refusal end,
      detail = case when verdict.status = 'unknown' then message.detail end,
      epoch = case when verdict.status = 'unknown' then message.epoch else verdict.epoch end,
      -- Of who was erased after it was rendered and before it came into the queue.
      content = case when verdict.refusal in ('erased', 'quiet_hours') then null else message.content end,
      chat_id = case when verdict.refusal in ('erased', 'quiet_hours') then null else message.chat_id end,
      -- Nothing is left of its rendering but that it took place.
      bot_id = case when verdict.status <> 'accepted' then message.bot_id end,
      registration_id = case when verdict.status <> 'accepted' then message.registration_id end,
      contact_id = case when verdict.status <> 'accepted' then message.contact_id end,
      template_id = case when verdict.status <> 'accepted' then message.template_id end,
      template_version = case when verdict.status <> 'accepted' then message.template_version end,
      queued_at = case when verdict.status <> 'accepted' then message.queued_at end,
      due_at = case when verdict.status = 'accepted' then now() end,
      superseded_by = case when verdict.refusal in ('superseded_by_newer', 'stale_sequence') then newer_id end,
      resends = message.resends + case when verdict.was = 'unknown' and verdict.status = 'sending' then 1 else 0 end,
      claimed_at = case when verdict.status = 'sending' then clock_timestamp() else message.claimed_at end,
      ended_at = case when verdict.status not in ('sending', 'accepted') then clock_timestamp() end
    from verdict
    where message.ctid = verdict.row and message.ended_at is null
    returning message.status, message.shop_id as "shopId", verdict."botId", verdict.epoch, message.id,
      message.lane, message.attempts, message.registration_id as "registrationId", verdict.chat_id as "chatId",
      verdict.refusal as reason, verdict.seen, verdict.talks as "isTalking", case when verdict.status = 'sending' then message.content end as content,
      (extract(epoch from message.accepted_at) * 1000)::float8 as "acceptedAtMs"`.execute(db)
  return rows.toSorted((a, b) => a.lane - b.lane || compareIds(a.id, b.id))
}

function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1)
}

/** What becomes of each of `judged`. */
function verdictOfJudged(): RawBuilder<unknown> {
  return sql`verdict as (
      select *, case when refusal is null then 'sending'
        when was = 'unknown' then 'unknown'
        when refusal = 'deadline_passed' then 'expired'
        when refusal = 'quiet_hours' then 'accepted'
        when newer_id is not null and no_right is null then 'superseded'
        else 'suppressed' end as status
      from (
        select *, coalesce(no_right,
          case when newer_id > id then 'superseded_by_newer' when newer_id < id then 'stale_sequence' end) as refusal
        from judged
      ) asked
    )`
}
