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
  const taken = await record(db, { results, resendAfterMs, where: 'open' })
  if (taken.length === results.length) return taken
  // What was given up for good, and now turns out otherwise.
  const known = new Set(taken)
  const others = results.filter(({ id }) => !known.has(id))
  return [...taken, ...(await record(db, { results: others, resendAfterMs, where: 'ended' }))]
}

async function record(
  db: Database,
  {
    results,
    resendAfterMs,
    where,
  }: { results: SendResult[]; resendAfterMs: number; where: 'open' | 'ended' },
): Promise<string[]> {
  const ids = results.map(({ id }) => id)
  // History is large: there each is looked for by its id, whatever a plan believes of a join.
  const isThere =
    where === 'open'
      ? sql`message.ended_at is null`
      : sql`message.ended_at is not null and message.id = any (${ids}::bigint[])`
  const { rows } = await sql<{ id: string }>`
    with result as materialized (
      select * from json_to_recordset(${JSON.stringify(results.map(toRecord))}::json) as record (
        "shopId" bigint, id bigint, epoch bigint, status text, reason text, detail text, "telegramMessageId" bigint,
        "dueInMs" float8, "countsAsAttempt" boolean, "startedAtMs" float8, "endedAtMs" float8, outcome text, description text,
        "retryAfterSeconds" int)
    ), locked as materialized (
      select message.shop_id, message.id, message.content is null as is_erased, ${whatFollows(sql`message`)} as follows,
        message.epoch = result.epoch
          and (message.status = 'sending' or message.status = 'unknown' and result.status <> 'unknown') as is_taken,
        message.epoch = result.epoch and message.called_at = ${timeOf('startedAtMs')} as is_known
      from result
      join messages message on message.shop_id = result."shopId" and message.id = result.id and ${isThere}
      order by message.id for update of message
    ), recorded as (
      insert into attempts (shop_id, message_id, epoch, started_at, ended_at, outcome, description, retry_after_seconds)
      select "shopId", id, epoch, ${timeOf('startedAtMs')}, ${timeOf('endedAtMs')}, outcome,
        case when not locked.is_erased then description end, "retryAfterSeconds"
      -- The call that delivered a message stands with the message.
      from result join locked using (id) where outcome is not null and not (status = 'sent' and is_taken) and is_known is not true
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
      called_at = case when result.status = 'sent' then ${timeOf('startedAtMs')} end,
      answered_at = case when result.status = 'sent' then ${timeOf('endedAtMs')} end,
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
    where locked.is_taken and message.shop_id = locked.shop_id and message.id = locked.id and ${isThere}
    returning message.id`.execute(db)
  return rows.map((row) => row.id)
}

function toRecord({ attempt, ...result }: SendResult): object {
  return attempt === undefined ? result : { ...result, ...attempt }
}

function timeOf(ms: string) {
  return sql`to_timestamp(result.${sql.ref(ms)} / 1000)`
}
