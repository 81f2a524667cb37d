import type { Update } from './update-queue.ts'

/** Updates that must arrive one after the other, and how the first of them has fared. */
export interface Lane {
  readonly name: string
  readonly updates: Update[]
  failures: number
  delayMs: number
  /** It stands in line to be sent, and must not stand there twice. */
  isReady: boolean
}

/** The lanes of one webhook. A lane is in line, or its first update is on the way or waits for another attempt. */
export interface Lanes {
  add(update: Update): void
  /** The lane that has waited longest, taken out of line. */
  next(): Lane | undefined
  hasReady(): boolean
  /** The first update is done with; the next one gets in line. */
  advance(lane: Lane): void
  /** The first update is to be tried again. */
  requeue(lane: Lane): void
}

const FIRST_DELAY_MS = 1000

export function createLanes(): Lanes {
  const lanes = new Map<string, Lane>()
  const ready: Lane[] = []

  function requeue(lane: Lane): void {
    if (lane.isReady) return
    lane.isReady = true
    ready.push(lane)
  }

  return {
    add(update) {
      const lane = lanes.get(update.lane)
      if (lane !== undefined) {
        lane.updates.push(update)
        return
      }
      const opened = {
        name: update.lane,
        updates: [update],
        failures: 0,
        delayMs: FIRST_DELAY_MS,
        isReady: false,
      }
      lanes.set(update.lane, opened)
      requeue(opened)
    },
    next() {
      const lane = ready.shift()
      if (lane !== undefined) lane.isReady = false
      return lane
    },
    hasReady: () => ready.length > 0,
    advance(lane) {
      lane.updates.shift()
      lane.failures = 0
      lane.delayMs = FIRST_DELAY_MS
      if (lane.updates.length > 0) requeue(lane)
      else lanes.delete(lane.name)
    },
    requeue,
  }
}
