import type { Clock } from '../clock.ts'

/** An update as it waits: JSON already, for the world goes on while it waits. */
export interface Update {
  readonly id: number
  /** The whole Update object. */
  readonly json: string
  /** Updates of one lane reach a webhook one after the other, those of different lanes side by side. */
  readonly lane: string
  readonly expiresAtMs: number
}

export interface NewUpdate {
  /** The type's name and its object: `"message":{…}`. */
  readonly field: string
  readonly lane: string
  readonly expiresAtMs: number
  /** Only for an update that a test makes up: a number of its own. */
  readonly id?: number | undefined
}

export interface UpdateQueue {
  /** `undefined` when the queue is full; the update is lost, as it is on the real server. */
  push(update: NewUpdate): Update | undefined
  /** Up to `limit` updates from `fromId` on; those before it are confirmed and forgotten. */
  take(fromId: number, limit: number): Update[]
  /** All that wait, oldest first. */
  pending(): Update[]
  forget(update: Update): void
  /** Forgets all but the newest `count`. */
  keepNewest(count: number): void
  headId(): number
}

const MAX_WAITING = 100_000

/** The updates of one bot that were not confirmed yet, oldest first. */
export function createUpdateQueue(clock: Clock, firstId: number): UpdateQueue {
  let waiting: Update[] = []
  let nextId = firstId

  function dropExpired(): void {
    const nowMs = clock.nowMs()
    if (waiting.some((update) => update.expiresAtMs <= nowMs)) {
      waiting = waiting.filter((update) => update.expiresAtMs > nowMs)
    }
  }

  return {
    push({ field, lane, expiresAtMs, id = nextId }) {
      if (waiting.length >= MAX_WAITING) return undefined
      const update: Update = { id, json: `{"update_id":${id},\n${field}}`, lane, expiresAtMs }
      // A number out of the row (a test's duplicate or straggler) does not move the numbering.
      if (id === nextId) nextId += 1
      waiting.push(update)
      return update
    },
    take(fromId, limit) {
      dropExpired()
      if (waiting.some((update) => update.id < fromId))
        waiting = waiting.filter((update) => update.id >= fromId)
      return waiting.slice(0, limit)
    },
    pending() {
      dropExpired()
      return [...waiting]
    },
    forget(update) {
      const at = waiting.indexOf(update)
      if (at !== -1) waiting.splice(at, 1)
    },
    keepNewest(count) {
      waiting = count === 0 ? [] : waiting.slice(-count)
    },
    headId: () => waiting[0]?.id ?? nextId,
  }
}
