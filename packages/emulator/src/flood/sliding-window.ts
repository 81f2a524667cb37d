import type { WindowLimit } from './flood-settings.ts'

/** A limit on how fast messages follow one another. Times are milliseconds and never fall. */
export type Pacer = {
  /** The earliest time, from `nowMs` on, at which `cost` messages may come. None overtakes one that was taken before. */
  earliest: (cost: number, nowMs: number) => number
  /** Counts messages; `atMs` is what `earliest` said, or later. */
  take: (cost: number, atMs: number) => void
  /** From this time on nothing that was taken matters any more. */
  idleAt: () => number
}

/**
 * At most `limit` in any stretch of `windowMs`, wherever it begins: a message counts until it is `windowMs` old. Keeps
 * the last `limit` arrivals in a ring, so a call costs a constant and memory is bounded. A cost above the limit counts
 * as the limit; a limit of 0 is none.
 */
export function createSlidingWindow(settings: WindowLimit): Pacer {
  const { windowMs } = settings
  const limit = Math.floor(settings.limit)
  const arrivals: number[] = []
  let next = 0
  const newestMs = (): number => arrivals.at(next - 1) ?? Number.NEGATIVE_INFINITY

  return {
    earliest(cost, nowMs) {
      const oldestToLeave = arrivals.length + Math.min(cost, limit) - limit - 1
      if (oldestToLeave < 0) return Math.max(nowMs, newestMs())
      const leaving = arrivals[(next + oldestToLeave) % arrivals.length] ?? Number.NEGATIVE_INFINITY
      return Math.max(nowMs, newestMs(), leaving + windowMs)
    },
    take(cost, atMs) {
      for (let count = Math.min(cost, limit); count > 0; count--) {
        if (arrivals.length < limit) {
          arrivals.push(atMs)
        } else {
          arrivals[next] = atMs
          next = (next + 1) % limit
        }
      }
    },
    idleAt: () => newestMs() + windowMs,
  }
}
