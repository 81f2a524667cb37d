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
  /**
   * Up to `limit` updates from `fromId` on; those before it are confirmed and forgotten. A number that is far from
   * any that was given out counts as the first.
   */
  take(fromId: number, limit: number): Update[]
  /** All that wait, oldest first. */
  pending(): Update[]
  forget(update: Update): void
  /** Forgets all but the newest `count`. */
  keepNewest(count: number): void
  headId(): number
  nextId(): number
  /** Takes in what waited in another run. */
  restore(past: { nextId: number; updates: readonly Update[] }): void
}

const MAX_WAITING = 100_000
const MAX_WAITING_LENGTH = 2 ** 27
/** How far an offset may lie before or behind the queue. */
const MAX_AHEAD = 10
const MAX_BEHIND = 100_000

/** The updates of one bot that were not confirmed yet, oldest first. */
export function createUpdateQueue(clock: Clock, firstId: number): UpdateQueue {
  let waiting: Update[] = []
  let waitingLength = 0
  let nextId = firstId

  const headId = (): number => waiting[0]?.id ?? nextId

  function keep(isKept: (update: Update) => boolean): void {
    if (waiting.every(isKept)) return
    waiting = waiting.filter(isKept)
    waitingLength = waiting.reduce((sum, update) => sum + update.json.length, 0)
  }

  function dropExpired(): void {
    const nowMs = clock.nowMs()
    keep((update) => update.expiresAtMs > nowMs)
  }

  return {
    push({ field, lane, expiresAtMs, id = nextId }) {
      if (waiting.length >= MAX_WAITING || waitingLength >= MAX_WAITING_LENGTH) return undefined
      const update: Update = { id, json: `{"update_id":${id},\n${field}}`, lane, expiresAtMs }
      // A number out of the row (a test's duplicate or straggler) does not move the numbering.
      if (id === nextId) nextId += 1
      waiting.push(update)
      waitingLength += update.json.length
      return update
    },
    take(fromId, limit) {
      dropExpired()
      const isPlausible = fromId <= nextId + MAX_AHEAD && fromId >= headId() - MAX_BEHIND
      if (isPlausible) keep((update) => update.id >= fromId)
      return waiting.slice(0, limit)
    },
    pending() {
      dropExpired()
      return [...waiting]
    },
    forget(update) {
      const at = waiting.indexOf(update)
      if (at === -1) return
      waiting.splice(at, 1)
      waitingLength -= update.json.length
    },
    keepNewest(count) {
      const kept = new Set(count === 0 ? [] : waiting.slice(-count))
      keep((update) => kept.has(update))
    },
    headId,
    nextId: () => nextId,
    restore(past) {
      nextId = past.nextId
      waiting = [...past.updates]
      waitingLength = waiting.reduce((sum, update) => sum + update.json.length, 0)
    },
  }
}
