import { readPlainEvent, type EventIssue, type ShopEvent } from '@postino/domain'
import type { OutlinedPart } from '@postino/http'

export type ReadEvent =
  | { status: 'valid'; event: ShopEvent; json?: string }
  | { status: 'invalid'; issues: EventIssue[] }

/** Reads an event about which there is nothing to say; undefined when it has to be looked at closely, and may be no JSON. */
export function readPlainPart(
  bytes: Buffer,
  { start, end, names }: OutlinedPart,
  nowMs: number,
): ReadEvent | undefined {
  const read = readPlainEvent(bytes.toString('utf8', start, end), { nowMs, names })
  return read && { status: 'valid', ...read }
}
