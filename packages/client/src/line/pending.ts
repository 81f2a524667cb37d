import type { ReadEvent } from '../event/read-event.ts'
import type { Accepted, SendResult } from '../result.ts'

/** An event that is with the client. */
export interface Entry<Kind extends Accepted> {
  event: ReadEvent
  takenAtMs: number
  /** When the first try failed that it was part of, or the outage it came into began. */
  failingSinceMs: number | undefined
  /** Resolves once, at its end. */
  result: Promise<SendResult<Kind>>
}

/** All events that have not ended: waiting or under way. */
export interface Pending<Kind extends Accepted> {
  add(event: ReadEvent): Entry<Kind>
  /** Whoever comes first decides; later ends are ignored. */
  end(entry: Entry<Kind>, result: SendResult<Kind>): void
  has(entry: Entry<Kind>): boolean
  /** In the order they came in. */
  list(): Entry<Kind>[]
  size(): { events: number; bytes: number }
  isFull(): boolean
  /** Resolves when there is room; at once when there is. */
  whenRoom(): Promise<void>
}

export function createPending<Kind extends Accepted>(limits: {
  maxPending: number
  maxPendingBytes: number
  nowMs: () => number
}): Pending<Kind> {
  const entries = new Map<Entry<Kind>, (result: SendResult<Kind>) => void>()
  let bytes = 0
  let room: PromiseWithResolvers<void> | undefined

  const isFull = () => entries.size >= limits.maxPending || bytes >= limits.maxPendingBytes

  return {
    add(event) {
      const { promise: result, resolve } = Promise.withResolvers<SendResult<Kind>>()
      const entry = { event, takenAtMs: limits.nowMs(), failingSinceMs: undefined, result }
      entries.set(entry, resolve)
      bytes += event.sizeBytes
      return entry
    },
    end(entry, result) {
      const resolve = entries.get(entry)
      if (resolve === undefined) return
      entries.delete(entry)
      bytes -= entry.event.sizeBytes
      resolve(result)
      if (isFull()) return
      room?.resolve()
      room = undefined
    },
    has: (entry) => entries.has(entry),
    list: () => [...entries.keys()],
    size: () => ({ events: entries.size, bytes }),
    isFull,
    async whenRoom() {
      // Others who waited may have taken it.
      while (isFull()) {
        room ??= Promise.withResolvers()
        await room.promise
      }
    },
  }
}
