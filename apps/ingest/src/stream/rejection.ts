import { randomUUID } from 'node:crypto'
import type { RejectedEvent } from '@postino/database'
import { MAX_EVENT_BYTES } from '@postino/domain'
import { problemDocument } from '@postino/http'
import type { RejectedEntry } from '@postino/queues'
import { problemOf, type BadResult } from '../routes/event-results.ts'
import type { StreamEntry } from './stream-entry.ts'

/** An entry that was not taken: for the shop's list in Redis, and for the trail. */
export interface Rejection {
  entry: RejectedEntry
  row: RejectedEvent
}

/** The problem is the one the event would have had over HTTP. */
export function toRejection({ shop, id, bytes, read }: StreamEntry, result: BadResult): Rejection {
  const problem = problemOf(result)
  const text = bytes.subarray(0, MAX_EVENT_BYTES).toString()
  const {
    id: eventId,
    source,
    type,
  } = Object(
    read.status === 'valid'
      ? { ...read.event, id: read.event.eventId, type: read.event.kind }
      : attributesOf(bytes),
  )
  return {
    entry: {
      slug: shop.slug,
      id,
      event: text,
      problem: JSON.stringify(problemDocument(problem, randomUUID())),
    },
    row: {
      shopId: shop.shopId,
      receivedOver: 'stream',
      entryId: id,
      eventId: attribute(eventId, 128),
      source: attribute(source, 512),
      kind: attribute(type, 128),
      issues: (problem.options.errors ?? []).map(({ pointer, code, detail }) => ({
        pointer: storable(pointer),
        code,
        detail: storable(detail),
      })),
    },
  }
}

/** As far as the event can be read at all. */
function attributesOf(bytes: Buffer): unknown {
  if (bytes.length > MAX_EVENT_BYTES) return undefined
  try {
    return JSON.parse(bytes.toString())
  } catch {
    return undefined
  }
}

function attribute(value: unknown, maxChars: number): string | undefined {
  return typeof value === 'string' && value.length <= maxChars && value === storable(value)
    ? value
    : undefined
}

/** Postgres has neither of these in a text. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\u{fffd}')
}
