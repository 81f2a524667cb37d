import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { whatFollows } from './what-follows.ts'

/**
 * Turns what earlier turns of these bots left in `sending` into `unknown`, since those calls may have reached Telegram; what
 * is to be sent once more becomes due after `resendAfterMs`. To be called before the first claim, unless the turn before
 * this one is known to have recorded all its calls.
 *
 * A statement of its own: raising the epoch waits for a claim that is being committed, and what that one took shows only in
 * a newer snapshot. Should this process end in between, the next turn does it.
 */
export async function giveUpSending(
  db: Database,
  turns: { botId: string; epoch: string }[],
  resendAfterMs: number,
): Promise<void> {
  await sql`
    with turn as (
      select "botId", epoch from jsonb_to_recordset(${JSON.stringify(turns)}::jsonb) as record ("botId" bigint, epoch bigint)
    ), left_behind as (
      select message.shop_id, message.id, ${whatFollows(sql`message`)} as follows
      from turn cross join lateral (
        select id from messages where bot_id = turn."botId" and ended_at is null and status = 'sending' and epoch < turn.epoch
      ) stale join messages message on message.id = stale.id and message.ended_at is null
      where message.status = 'sending' order by message.id for update of message
    )
    update messages message set status = 'unknown', reason = 'sender_stopped',
      due_at = case when follows = 'resend_once' then now() + ${resendAfterMs} * interval '1 millisecond' end,
      ended_at = case when follows = 'drop' then clock_timestamp() end
    from left_behind where message.shop_id = left_behind.shop_id and message.id = left_behind.id
      and message.ended_at is null`.execute(db)
}
