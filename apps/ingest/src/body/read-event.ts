import { parseEvent, readPlainEvent, type EventIssue } from '@postino/domain'
import type { OutlinedPart } from '@postino/http'
import { newEvent, type EventOrigin, type IncomingEvent } from '../accept/new-event.ts'

export type ReadEvent =
  | { status: 'valid'; event: IncomingEvent }
  | { status: 'invalid'; issues: EventIssue[] }

/** By what an event is judged, and what is known of it beside itself. */
export interface Reading {
  origin: EventOrigin
  nowMs: number
}

/** Reads an event from the value that JSON made of it, or that stands for it. */
export function readEvent(value: unknown, { origin, nowMs }: Reading): ReadEvent {
  const parsed = parseEvent(value, { nowMs })
  return parsed.status === 'invalid'
    ? parsed
    : { status: 'valid', event: newEvent({ ...origin, event: parsed.event }) }
}

/** Reads an event about which there is nothing to say; undefined when it has to be looked at closely, and may be no JSON. */
export function readPlainPart(
  bytes: Buffer,
  { start, end, names }: OutlinedPart,
  { origin, nowMs }: Reading,
): ReadEvent | undefined {
  const plain = readPlainEvent(bytes.toString('utf8', start, end), { nowMs, names })
  return plain && { status: 'valid', event: newEvent({ ...origin, ...plain }) }
}
