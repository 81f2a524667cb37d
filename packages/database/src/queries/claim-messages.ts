import type { MessageContent } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../create-database.ts'

export interface ClaimRequest {
  shopId: string
  botId: string
  epoch: string
  /** At most so many messages, one per chat. */
  take: number
  /** Chats that may not receive yet. */
  busyChats: string[]
}

export type Claim =
  | {
      status: 'sending'
      shopId: string
      botId: string
      id: string
      lane: number
      registrationId: string
      chatId: string
      content: MessageContent
      attempts: number
      acceptedAtMs: number
    }
  | { status: 'expired' | 'suppressed'; shopId: string; botId: string; id: string; reason: string }

// So many rows are read from the front of a bot's queue; when a few crowded chats fill them all, the search goes on chat
// by chat, so a claim costs the same however much waits.
const FRONT_ROWS = 200
const CHATS_TRIED = 1_000

/**
 * Claims the next due messages of each bot, lane by lane, oldest first, at most one per chat, and closes on the way what
 * may no longer be sent. Skipped are busy chats, chats whose first message is not due yet, and those whose contact has
 * an earlier message of the lane still to be rendered. A request whose epoch is no longer the bot's gets nothing.
 */
export async function claimMessages(db: Database, requests: ClaimRequest[]): Promise<Claim[]> {
  const { rows } = await sql<Claim>`
    with request as (
      select * from jsonb_to_recordset(${JSON.stringify(requests)}::jsonb) as record (
        "shopId" bigint, "botId" bigint, epoch bigint, take int, "busyChats" bigint[])
    ), held as (
      -- The share lock makes the next turn wait until this claim is committed: no two turns claim side by side.
      select request.* from request
      join bots bot on bot.shop_id = request."shopId" and bot.id = request."botId"
      where bot.epoch = request.epoch and bot.status = 'active'
        and (bot.cooling_until is null or bot.cooling_until <= now())
      order by bot.id for share of bot
    ), candidate as (
      select held."shopId" as shop_id, held.epoch, head.id
      from held cross join lateral (${headsOfQueue()}) head
    ), locked as (
      select message.shop_id, message.id, candidate.epoch, message.deadline_at, message.purpose, message.registration_id,
        message.contact_id
      from messages message join candidate on candidate.shop_id = message.shop_id and candidate.id = message.id
      where message.status in ('queued', 'unknown')
      for update of message skip locked
    ), judged as (
      select locked.shop_id, locked.id, locked.epoch, registration.chat_id,
        case
          when locked.deadline_at <= now() then 'deadline_passed'
          when registration.status <> 'active' then 'registration_' || registration.status
          when locked.purpose = any (contact.withdrawn_purposes) then 'consent_withdrawn'
          when locked.purpose = any (contact.granted_purposes) then null
          when locked.purpose = any (shop.contract_purposes) then null
          else 'no_consent'
        end as refusal
      from locked
      join registrations registration
        on registration.shop_id = locked.shop_id and registration.id = locked.registration_id
      join contacts contact on contact.shop_id = locked.shop_id and contact.id = locked.contact_id
      join shops shop on shop.id = locked.shop_id
    )
    update messages message set
      status = case when judged.refusal is null then 'sending'
        when judged.refusal = 'deadline_passed' then 'expired' else 'suppressed' end,
      reason = judged.refusal,
      detail = null,
      epoch = judged.epoch,
      due_at = null,
      resends = message.resends + case when message.status = 'unknown' then 1 else 0 end,
      claimed_at = clock_timestamp(),
      ended_at = case when judged.refusal is not null then clock_timestamp() end
    from judged
    where message.shop_id = judged.shop_id and message.id = judged.id
    returning message.status, message.shop_id as "shopId", message.bot_id as "botId", message.id, message.lane,
      message.attempts, message.registration_id as "registrationId", judged.chat_id as "chatId", message.reason,
      case when judged.refusal is null then message.content end as content,
      (extract(epoch from message.accepted_at) * 1000)::float8 as "acceptedAtMs"`.execute(db)
  return rows.toSorted((a, b) => compareIds(a.id, b.id))
}

function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1)
}

/** The messages one bot (`held`) may send now: the head of each ready chat, and resends that are due. */
function headsOfQueue() {
  return sql`
    with recursive front as (
      select id, shop_id, lane, chat_id, recipient, due_at from messages
      where bot_id = held."botId" and status = 'queued' order by lane, id limit ${sql.lit(FRONT_ROWS)}
    ), front_head as (
      select distinct on (chat_id, lane) * from front
      where chat_id <> all (held."busyChats") order by chat_id, lane, id
    ), chat_head as (
      (select id, shop_id, lane, chat_id, recipient, due_at, 1 as step from messages
        where bot_id = held."botId" and status = 'queued'
          and (select count(*) from front) = ${sql.lit(FRONT_ROWS)}
          and (select count(*) from front_head) < held.take
        order by lane, chat_id, id limit 1)
      union all
      select next.*, chat_head.step + 1 from chat_head cross join lateral (
        select id, shop_id, lane, chat_id, recipient, due_at from messages
        where bot_id = held."botId" and status = 'queued'
          and (lane, chat_id) > (chat_head.lane, chat_head.chat_id)
        order by lane, chat_id, id limit 1
      ) next where chat_head.step < ${sql.lit(CHATS_TRIED)}
    ), ready as (
      select id, lane, chat_id from (
        select id, shop_id, lane, chat_id, recipient, due_at from front_head
        union
        select id, shop_id, lane, chat_id, recipient, due_at from chat_head where chat_id <> all (held."busyChats")
      ) head
      where (due_at is null or due_at <= now()) and not exists (
        select from messages earlier
        where earlier.shop_id = head.shop_id and earlier.recipient = head.recipient and earlier.lane = head.lane
          and earlier.status = 'accepted' and earlier.id < head.id)
      union all
      select id, lane, chat_id from messages
      where bot_id = held."botId" and status = 'unknown' and due_at <= now() and chat_id <> all (held."busyChats")
    )
    select id from (select distinct on (chat_id) id, lane from ready order by chat_id, lane, id) one_per_chat
    order by lane, id limit held.take`
}
