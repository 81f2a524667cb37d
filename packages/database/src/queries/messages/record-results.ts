import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { whatFollows } from './what-follows.ts'

/** What one call to Telegram came to. */
export interface SendResult {
  shopId: string
  id: string
  /** The epoch under which the message was claimed. */
  epoch: string
  status: 'sent' | 'queued' | 'rejected' | 'failed' | 'unknown'
  reason?: string
  detail?: string
  telegramMessageId?: number
  /** Back in the queue, but not before so many milliseconds. */
  dueInMs?: number
  /** A wait that Telegram asked for is no attempt of the message. */
  countsAsAttempt: boolean
  /** The call, for the trail; absent when none was made. */
  attempt?: {
    startedAtMs: number
    endedAtMs: number
    outcome: string
    description?: string
    retryAfterSeconds?: number
  }
}

/**
 * Records results in one statement and answers the ids that took it. A result is taken by the message it was claimed
 * for: one that a later turn has given up as `unknown` still learns what happened, one that was claimed again does not.
 * An unknown outcome that is to be sent once more becomes due after `resendAfterMs`; every other one stays as it is. Recording
 * again, because the answer to the first time was lost, changes nothing. What was given up as `unknown` and now turns out
 * not to have been delivered does not go back to its place, since later ones may have left meanwhile: its resend is due. A
 * message that was erased while its call was under way ends with it, and nothing is written that Telegram said of it.
 */
export async function recordResults(
  db: Database,
  results: SendResult[],
  resendAfterMs: number,
): Promise<string[]> {
  if (results.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    with result as (
      select * from jsonb_to_recordset(${JSON.stringify(results)}::jsonb) as record (
        "shopId" bigint, id bigint, epoch bigint, status text, reason text, detail text, "telegramMessageId" bigint,
        "dueInMs" float8, "countsAsAttempt" boolean, attempt jsonb)
    ), locked as (
      select message.shop_id, message.id, message.content is null as is_erased, ${whatFollows(sql`message`)} as follows
      from messages message
      join result on result."shopId" = message.shop_id and result.id = message.id
      order by message.id for update of message
    ), recorded as (
      insert into attempts (shop_id, message_id, epoch, started_at, ended_at, outcome, description, retry_after_seconds)
      select "shopId", id, epoch, to_timestamp((attempt ->> 'startedAtMs')::float8 / 1000),
        to_timestamp((attempt ->> 'endedAtMs')::float8 / 1000), attempt ->> 'outcome',
        case when not locked.is_erased then attempt ->> 'description' end, (attempt ->> 'retryAfterSeconds')::int
      from result join locked using (id) where attempt is not null
      on conflict (shop_id, message_id, epoch, started_at) do nothing
    )
    update messages message set
      status = case
        when result.status = 'queued' and message.status = 'unknown' then 'unknown'
        when result.status = 'queued' and locked.is_erased then 'suppressed'
        else result.status end,
      reason = case
        when result.status = 'queued' and message.status = 'unknown' then message.reason
        when result.status = 'queued' and locked.is_erased then 'erased'
        else result.reason end,
      detail = case when not locked.is_erased then result.detail end,
      telegram_message_id = coalesce(result."telegramMessageId", message.telegram_message_id),
      attempts = message.attempts + case when result."countsAsAttempt" then 1 else 0 end,
      -- A resend that surely was not delivered was none.
      resends = message.resends - case when result.status = 'queued' and message.status = 'unknown' and message.resends > 0
        then 1 else 0 end,
      due_at = case
        when locked.is_erased then null
        when result.status = 'queued' then now() + result."dueInMs" * interval '1 millisecond'
        when result.status = 'unknown' and locked.follows = 'resend_once'
          then now() + ${resendAfterMs} * interval '1 millisecond'
      end,
      ended_at = case
        when locked.is_erased then clock_timestamp()
        when result.status = 'queued' then null
        when result.status = 'unknown' and locked.follows in ('resend_once', 'hold') then null
        else clock_timestamp()
      end
    from result join locked on locked.id = result.id
    where message.shop_id = locked.shop_id and message.id = locked.id and message.epoch = result.epoch
      and (message.status = 'sending' or message.status = 'unknown' and result.status <> 'unknown')
    returning message.id`.execute(db)
  return rows.map((row) => row.id)
}
