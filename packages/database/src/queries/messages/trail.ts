import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { rfc3339 } from '../rfc3339.ts'
import { attemptsOf } from './attempts-of.ts'
import { eventOf } from './event-of.ts'
import { messagesSince } from './messages-since.ts'

export interface TrailAttempt {
  startedAt: string
  endedAt: string
  outcome: string
  description: string | null
  retryAfterSeconds: number | null
}

export interface TrailMessage {
  id: string
  eventId: string
  source: string
  recipient: string
  role: string
  kind: string
  state: string
  purpose: string
  lane: number
  status: string
  reason: string | null
  detail: string | null
  telegramMessageId: string | null
  /** With which it is rendered; which text that is, too, as long as there is one. */
  template: { id: string; version: number; state: string | null; locale: string | null } | null
  /** Asked for by whoever writes the template. */
  isTest: boolean
  /** The message about the same thing that took its place, or the place of its resend. */
  supersededBy: string | null
  acceptedAt: string
  queuedAt: string | null
  /** When it is tried next, if it waits for a time: deferred until then, if it is `accepted`. */
  dueAt: string | null
  claimedAt: string | null
  endedAt: string | null
  attempts: TrailAttempt[]
  /** Of its buttons that report back. */
  presses: { action: string; pressedAt: string }[]
}

export interface TrailEvent {
  id: string
  source: string
  kind: string
  receivedOver: string
  acceptedAt: string
  body: Record<string, unknown>
  messages: TrailMessage[]
}

const MESSAGE_JSON = sql`jsonb_build_object(
  'id', message.id::text, 'eventId', event.event_id, 'source', event.source, 'recipient', message.recipient,
  'role', message.role, 'kind', message.kind, 'state', message.state, 'purpose', message.purpose, 'lane', message.lane,
  'status', message.status, 'reason', message.reason, 'detail', message.detail,
  'telegramMessageId', message.telegram_message_id::text,
  'template', case when message.template_id is not null then
    (select jsonb_build_object('id', message.template_id::text, 'version', message.template_version,
      'state', min(template.state), 'locale', min(template.locale))
    from templates template where template.shop_id = message.shop_id and template.id = message.template_id) end,
  'isTest', message.is_test, 'supersededBy', message.superseded_by::text,
  'acceptedAt', ${rfc3339('message.accepted_at')}, 'queuedAt', ${rfc3339('message.queued_at')},
  'dueAt', ${rfc3339('message.due_at')},
  'claimedAt', ${rfc3339('message.claimed_at')}, 'endedAt', ${rfc3339('message.ended_at')},
  'attempts', coalesce((
    select jsonb_agg(jsonb_build_object('startedAt', ${rfc3339('attempt.started_at')}, 'endedAt', ${rfc3339('attempt.ended_at')},
      'outcome', attempt.outcome, 'description', attempt.description, 'retryAfterSeconds', attempt.retry_after_seconds)
      order by attempt.started_at)
    from (${attemptsOf()}) attempt), '[]'),
  'presses', coalesce((
    select jsonb_agg(jsonb_build_object('action', press.action, 'pressedAt', ${rfc3339('press.pressed_at')})
      order by press.pressed_at, press.update_id)
    from button_presses press where press.shop_id = message.shop_id and press.message_id = message.id), '[]'))`

/** The whole trail of what a shop reported under this id; several when it came from several sources. */
export async function listEventTrails(
  db: Database,
  shopId: string,
  event: { eventId: string; source?: string },
): Promise<TrailEvent[]> {
  const { rows } = await sql<TrailEvent>`
    select event.event_id as id, event.source, event.kind, event.received_over as "receivedOver",
      ${rfc3339('event.accepted_at')} as "acceptedAt", event.body,
      coalesce((select jsonb_agg(${MESSAGE_JSON} order by message.id) from ${messagesSince(sql`event.accepted_at`)} message
        where message.id = any (event.message_ids)), '[]') as messages
    from event_keys known
    join events event on event.shop_id = known.shop_id and event.id = known.id and event.accepted_at = known.accepted_at
    where known.shop_id = ${shopId} and known.event_id = ${event.eventId}
      -- Those of ours tell any number of people; each message has a trail of its own.
      and event.received_over <> 'postino'
      and (${event.source ?? null}::text is null or known.source = ${event.source ?? null})
    order by event.id limit 20`.execute(db)
  return rows
}

export async function findMessageTrail(
  db: Database,
  shopId: string,
  messageId: string,
): Promise<TrailMessage | undefined> {
  const { rows } = await sql<{ message: TrailMessage }>`
    select ${MESSAGE_JSON} as message
    from messages message cross join lateral (${eventOf()}) event
    where message.shop_id = ${shopId} and message.id = ${messageId}`.execute(db)
  return rows[0]?.message
}
