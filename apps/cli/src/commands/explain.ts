import {
  findMessageTrail,
  listEventTrails,
  type Database,
  type TrailEvent,
  type TrailMessage,
} from '@postino/database'
import { findReason } from '@postino/domain'
import { CommandFailure } from '../command-failure.ts'

/** The whole way of an event, or of one message by its number, in plain lines. */
export async function explain(database: Database, shopId: string, id: string): Promise<string> {
  const events = await listEventTrails(database, shopId, { eventId: id })
  if (events.length > 0) return events.map(describeEvent).join('\n\n')
  const message = /^\d{1,18}$/.test(id) ? await findMessageTrail(database, shopId, id) : undefined
  if (message === undefined)
    throw new CommandFailure(`the shop has reported no event ${id} and has no message ${id}`)
  return describeMessage(message)
}

function describeEvent(event: TrailEvent): string {
  const head = `${event.acceptedAt}  event ${event.id} (${event.kind}) accepted over ${event.receivedOver}, source ${event.source}`
  if (event.messages.length === 0) return `${head}\n  nobody was to be told`
  return [head, ...event.messages.map(describeMessage)].join('\n')
}

function describeMessage(message: TrailMessage): string {
  const lines = [
    `  message ${message.id} to ${message.recipient} (${message.role}), purpose ${message.purpose}, lane ${message.lane}`,
    line(message.acceptedAt, 'accepted'),
    message.queuedAt === null
      ? undefined
      : line(message.queuedAt, `queued, text ${message.template?.id} version ${message.template?.version}`),
    ...message.attempts.map((attempt) =>
      line(
        attempt.startedAt,
        `called Telegram: ${[attempt.outcome, attempt.description].filter(Boolean).join(', ')}`,
      ),
    ),
    line(message.endedAt ?? 'now'.padEnd(24), describeStatus(message)),
  ]
  return lines.filter((text) => text !== undefined).join('\n')
}

function line(time: string, text: string): string {
  return `    ${time}  ${text}`
}

function describeStatus(message: TrailMessage): string {
  const reason = message.reason === null ? undefined : (findReason(message.reason)?.text ?? message.reason)
  const telegram =
    message.telegramMessageId === null ? undefined : `Telegram message ${message.telegramMessageId}`
  return [message.status, telegram, message.reason, reason, message.detail]
    .filter((part) => part != null)
    .join(': ')
}
