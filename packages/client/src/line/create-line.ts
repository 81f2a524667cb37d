import type { Accepted } from '../result.ts'
import type { Entry } from './pending.ts'

/** Events that wait for a lane, oldest first. */
export interface Line<Kind extends Accepted> {
  add(entry: Entry<Kind>): void
  remove(entry: Entry<Kind>): void
  oldest(): Entry<Kind> | undefined
  /** Whether there are enough for a whole batch. */
  isBatch(): boolean
  /** Takes the first ones that make a body of at most so many events and bytes; always one. */
  takeBatch(): Entry<Kind>[]
}

const BRACKET_BYTES = 2
const COMMA_BYTES = 1

export function createLine<Kind extends Accepted>(limits: {
  maxBatchEvents: number
  maxBatchBytes: number
}): Line<Kind> {
  const { maxBatchEvents, maxBatchBytes } = limits
  const entries = new Set<Entry<Kind>>()
  let sizeBytes = 0

  function remove(entry: Entry<Kind>): void {
    if (entries.delete(entry)) sizeBytes -= entry.event.sizeBytes
  }

  return {
    add(entry) {
      entries.add(entry)
      sizeBytes += entry.event.sizeBytes
    },
    remove,
    oldest: () => entries.values().next().value,
    isBatch: () => entries.size >= maxBatchEvents || sizeBytes >= maxBatchBytes,
    takeBatch() {
      const batch: Entry<Kind>[] = []
      let bytes = BRACKET_BYTES - COMMA_BYTES
      for (const entry of entries) {
        bytes += entry.event.sizeBytes + COMMA_BYTES
        if (batch.length === maxBatchEvents || (batch.length > 0 && bytes > maxBatchBytes)) break
        batch.push(entry)
        remove(entry)
      }
      return batch
    },
  }
}
