import type { TrailAttempt, TrailEvent, TrailMessage } from '@postino/database'
import { findReason } from '@postino/domain'

const WAYS: Readonly<Record<string, string>> = {
  http: 'accepted over HTTP',
  stream: 'accepted over the stream',
  postino: 'made by Postino',
}
/** For a time of its own, by its status. */
const WAITS: Readonly<Record<string, string>> = {
  accepted: 'deferred until then, for quiet hours: to be rendered',
  unknown: 'to be sent once more',
}
const LANES = ['transactional', 'reminder', 'bulk'] as const

/** The whole way of an event: a line for each thing that happened, in order of time within each message. */
export function describeEvent(event: TrailEvent): string[] {
  const head = [
    `Event ${event.id}: ${event.kind}, from ${event.source}`,
    line(event.acceptedAt, WAYS[event.receivedOver] ?? `accepted over ${event.receivedOver}`),
  ]
  if (event.messages.length === 0) return [...head, '  It is for nobody: there is no message.', '']
  return [...head, '', ...event.messages.flatMap(describeMessage)]
}

export function describeMessage(message: TrailMessage): string[] {
  const { id, eventId, recipient, role, purpose, lane, isTest } = message
  return [
    `${isTest ? 'Test message' : 'Message'} ${id} of event ${eventId}, to ${recipient} (${role})`,
    `  purpose ${purpose}, lane ${lane} (${LANES[lane] ?? 'unknown'})`,
    line(message.acceptedAt, 'accepted'),
    ...describeQueued(message),
    ...message.attempts.map((attempt) => line(attempt.startedAt, describeAttempt(attempt))),
    ...describeStatus(message),
    ...describeWait(message),
    ...message.presses.map(({ action, pressedAt }) => line(pressedAt, `button pressed: ${action}`)),
    '',
  ]
}

function describeQueued({ queuedAt, template }: TrailMessage): string[] {
  if (queuedAt === null) return []
  const text = template === null ? '' : ` with ${describeTemplate(template)}`
  return [line(queuedAt, `rendered${text}, and queued`)]
}

function describeTemplate({ id, version, state, locale }: NonNullable<TrailMessage['template']>): string {
  const names = [locale, state === '' ? 'every state' : state].filter((name) => name !== null).join(', ')
  return `text ${id}${names === '' ? '' : ` (${names})`}, version ${version}`
}

function describeAttempt({
  startedAt,
  endedAt,
  outcome,
  description,
  retryAfterSeconds,
}: TrailAttempt): string {
  const tookMs = Date.parse(endedAt) - Date.parse(startedAt)
  const details = [
    description,
    retryAfterSeconds === null ? null : `to be repeated after ${retryAfterSeconds} s`,
  ]
  const told = details.filter((detail) => detail !== null).join(', ')
  return `called Telegram for ${tookMs} ms: ${outcome}${told === '' ? '' : ` (${told})`}`
}

/** What it still waits for. */
function describeWait({ status, endedAt, dueAt }: TrailMessage): string[] {
  if (endedAt !== null) return []
  if (dueAt !== null) return [line(dueAt, WAITS[status] ?? 'to be tried again')]
  return status === 'unknown' ? [line('now', 'held: `postino unknown resend` or `drop` decides')] : []
}

/** Where it stands; below, the sentence of its reason and what else is known. */
function describeStatus(message: TrailMessage): string[] {
  const { status, reason, detail, endedAt, telegramMessageId, supersededBy } = message
  const asMessage = telegramMessageId === null ? '' : `, as message ${telegramMessageId} of the chat`
  const isWaiting = endedAt === null
  return [
    line(
      endedAt ?? 'now',
      `${isWaiting ? 'still ' : ''}${status}${asMessage}${reason === null ? '' : `: ${reason}`}`,
    ),
    ...[
      reason === null ? undefined : findReason(reason)?.text,
      detail ?? undefined,
      supersededBy === null ? undefined : describeSuccessor(status, supersededBy),
    ].flatMap((text) => (text === undefined ? [] : [`${' '.repeat(TIME_CHARS + 4)}${text}`])),
  ]
}

function describeSuccessor(status: string, supersededBy: string): string {
  return status === 'superseded'
    ? `Superseded by message ${supersededBy}.`
    : `Not sent once more: message ${supersededBy} took its place.`
}

const TIME_CHARS = '2026-11-21T09:00:00.000Z'.length

function line(time: string, text: string): string {
  return `  ${time.padEnd(TIME_CHARS)}  ${text}`
}
