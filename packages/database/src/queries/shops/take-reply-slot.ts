import assert from 'node:assert/strict'
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../create-database.ts'

/** How fast all processes together may answer the people of one bot. */
export interface ReplyPace {
  /** Between two answers while a sender may be sending for the bot. */
  sharedGapMs: number
  /** Between two answers while none is. */
  aloneGapMs: number
  /** How long a sender may go on as if nobody talked: with what it has claimed, and the second Telegram counts over. */
  unawareMs: number
}

export type ReplySlot =
  /** This process may say one thing in so many milliseconds; nobody else does at that time. */
  | { status: 'taken'; inMs: number }
  /** Telegram wants silence for so long, whichever process was told. No slot was taken. */
  | { status: 'cooling'; scope: 'bot' | 'chat'; leftMs: number }

/**
 * Takes the next free place among the answers of a bot, and tells its sender for a minute that people are talking: each
 * turn and each claim reads `talking_until` and leaves them their share of the limit. The first answer gives a sender that
 * could not know yet the time to learn it. A bot that had no turn for three seconds and has no call under way has no
 * sender: then answers may come faster, and a turn that begins waits out the second after them (`fast_replies_until`).
 *
 * All of it is one row of Postgres, which turns write too: of a turn and an answer, the later one knows of the earlier.
 */
export async function takeReplySlot(
  db: Database,
  shopId: string,
  request: { botId: string; chatId: number; pace: ReplyPace },
): Promise<ReplySlot> {
  const { botId, chatId, pace } = request
  const { rows } = await sql<FoundSlot>`
    with bot as (
      select shop_id, id, turn_started_at, cooling_until, talking_until, next_reply_at, fast_replies_until
      from bots where shop_id = ${shopId} and id = ${botId} for no key update
    ), moment as materialized (
      -- Read after the lock: whoever waited for it must not take a place in the past.
      select bot.*, clock_timestamp() as moment from bot
    ), state as (
      select *, coalesce(turn_started_at > moment - interval '3 seconds', false)
          or exists (select from messages where bot_id = ${botId} and ended_at is null and status = 'sending') as is_sending,
        ${milliseconds(sql`cooling_until - moment`)} as "botCoolingMs",
        (select ${milliseconds(sql`registration.cooling_until - moment`)} from registrations registration
          where shop_id = ${shopId} and bot_id = ${botId} and chat_id = ${chatId}) as "chatCoolingMs"
      from moment
    ), slot as (
      select *, greatest(next_reply_at, moment, case when is_sending and (talking_until > moment) is not true
        then moment + ${interval(pace.unawareMs)} end) as slot_at
      from state where greatest("botCoolingMs", "chatCoolingMs", 0) <= 0
    ), taken as (
      update bots set
        next_reply_at = slot_at + case when is_sending then ${interval(pace.sharedGapMs)}
          else ${interval(pace.aloneGapMs)} end,
        -- Never about to end when an answer leaves.
        talking_until = case when slot.talking_until > slot_at + interval '30 seconds' then slot.talking_until
          else slot_at + interval '60 seconds' end,
        fast_replies_until = case
          when not is_sending and slot_at < slot.next_reply_at + ${interval(pace.sharedGapMs - pace.aloneGapMs)}
          then slot_at + interval '1200 milliseconds' else slot.fast_replies_until end
      from slot where bots.shop_id = slot.shop_id and bots.id = slot.id
    )
    select "botCoolingMs", "chatCoolingMs", (select ${milliseconds(sql`slot_at - moment`)} from slot) as "inMs"
    from state`.execute(db)
  const [found] = rows
  assert(found !== undefined, 'a bot that talks is in the table')
  return toSlot(found)
}

interface FoundSlot {
  inMs: number | null
  botCoolingMs: number | null
  chatCoolingMs: number | null
}

function toSlot({ inMs, botCoolingMs, chatCoolingMs }: FoundSlot): ReplySlot {
  if (inMs !== null) return { status: 'taken', inMs }
  if (botCoolingMs !== null && botCoolingMs > 0) {
    return { status: 'cooling', scope: 'bot', leftMs: botCoolingMs }
  }
  return { status: 'cooling', scope: 'chat', leftMs: chatCoolingMs ?? 0 }
}

function milliseconds(span: RawBuilder<unknown>): RawBuilder<number> {
  return sql`(extract(epoch from ${span}) * 1000)::float8`
}

function interval(ms: number): RawBuilder<unknown> {
  return sql`${ms} * interval '1 millisecond'`
}
