import { setImmediate as letOthersRun } from 'node:timers/promises'
import type { EventIssue } from '@postino/domain'
import type { IntakeEntry } from '@postino/queues'
import type { ReadEvent } from '../body/read-event.ts'
import { readEventBytes } from '../body/read-event-bytes.ts'

/** A shop that has a stream. */
export interface StreamShop {
  shopId: string
  slug: string
}

/** An entry of a stream with the event that stands in it. */
export interface StreamEntry {
  shop: StreamShop
  id: string
  /** What stood in the field `event`; empty without one. */
  bytes: Buffer
  read: ReadEvent
}

const FIELD = 'event'

/** How long parsing may keep everybody else waiting in one go. */
const MAX_BLOCK_MS = 10

/** Reads entries by the rules of events over HTTP: those that are bad here are bad there, and the other way round. */
export async function readEntries(
  shop: StreamShop,
  entries: readonly IntakeEntry[],
  nowMs: number,
): Promise<StreamEntry[]> {
  const read: StreamEntry[] = []
  let begunAtMs = performance.now()
  for (const entry of entries) {
    if (performance.now() - begunAtMs > MAX_BLOCK_MS) {
      await letOthersRun()
      begunAtMs = performance.now()
    }
    read.push(readEntry(shop, entry, nowMs))
  }
  return read
}

function readEntry(shop: StreamShop, { id, fields }: IntakeEntry, nowMs: number): StreamEntry {
  const values = fields.flatMap(([name, value]) => (name === FIELD ? [value] : []))
  const [bytes = Buffer.alloc(0)] = values
  const read: ReadEvent =
    values.length === 1
      ? readEventBytes(bytes, {
          origin: { shopId: shop.shopId, receivedOver: 'stream' },
          nowMs: Math.min(nowMs, timeOf(id)),
        })
      : { status: 'invalid', issues: [wrongFields(values.length)] }
  return { shop, id, bytes, read }
}

/** When Redis took the entry: by that time its own times are judged, however long it waited. */
function timeOf(id: string): number {
  return Number.parseInt(id, 10)
}

function wrongFields(count: number): EventIssue {
  const detail =
    count === 0
      ? `The entry has no field ${FIELD}; its value is the event, as JSON.`
      : `The entry has the field ${FIELD} ${count} times; put one event into an entry.`
  return { pointer: '', code: 'wrong_entry', detail }
}
