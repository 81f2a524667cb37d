import type { TrailEvent, TrailMessage } from '@postino/database'
import { findReason } from '@postino/domain'

/** An event as `GET /v1/events/:id` shows it. */
export function eventAnswer(event: TrailEvent): object {
  return {
    id: event.id,
    source: event.source,
    type: event.kind,
    received_over: event.receivedOver,
    accepted_at: event.acceptedAt,
    event: event.body,
    messages: event.messages.map(messageAnswer),
  }
}

/** A message as `GET /v1/messages/:id` shows it. What is not so (yet) is left out. */
export function messageAnswer(message: TrailMessage): object {
  return withoutNulls({
    id: message.id,
    event: { id: message.eventId, source: message.source, type: message.kind },
    recipient: message.recipient,
    role: message.role,
    state: message.state,
    purpose: message.purpose,
    lane: message.lane,
    status: message.status,
    reason:
      message.reason === null ? null : { code: message.reason, text: findReason(message.reason)?.text ?? '' },
    detail: message.detail,
    template: message.template && withoutNulls(message.template),
    is_test: message.isTest || null,
    superseded_by: message.supersededBy,
    telegram_message_id: message.telegramMessageId,
    accepted_at: message.acceptedAt,
    queued_at: message.queuedAt,
    due_at: message.dueAt,
    claimed_at: message.claimedAt,
    ended_at: message.endedAt,
    attempts: message.attempts.map((attempt) =>
      withoutNulls({
        started_at: attempt.startedAt,
        ended_at: attempt.endedAt,
        outcome: attempt.outcome,
        description: attempt.description,
        retry_after_seconds: attempt.retryAfterSeconds,
      }),
    ),
    presses: message.presses.map(({ action, pressedAt }) => ({ action, pressed_at: pressedAt })),
  })
}

function withoutNulls(members: object): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null))
}
