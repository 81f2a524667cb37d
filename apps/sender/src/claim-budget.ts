/** How many messages this process may have claimed and not yet called for, whichever bots they are of. */
export interface ClaimBudget {
  /** Grants up to so many; 0 when none is free. What is granted has to be given back, each once. */
  grant(wanted: number): number
  /** So many were called for. */
  called(count: number): void
  /** So many were not: there were no messages, or no time. */
  unused(count: number): void
  /** Until some are free, first come first served, but no longer than this. */
  waitForFree(limitMs: number): Promise<void>
}

// A claim is good for three quarters of a second; what this process calls for in less than half of that is safe to claim.
const AHEAD_SECONDS = 0.3
// Enough for many bots that begin at once, before anything is known about the pace.
const SMALLEST = 128
// Nobody takes all: other turns come in the same instant. But none gets crumbs, as a claim costs the same for few as for many.
const LARGEST_SHARE = 0.25
const CHUNK = 16
const MEASURED_MS = 250

/**
 * Claiming more than can be called for in time costs two statements for each message that goes back. So the budget follows
 * the pace at which calls were lately begun.
 */
export function createClaimBudget(nowMs: () => number = () => performance.now()): ClaimBudget {
  const waiting = new Set<() => void>()
  let outstanding = 0
  let perSecond = 0
  let since = { atMs: nowMs(), called: 0 }

  function size(): number {
    return Math.max(SMALLEST, perSecond * AHEAD_SECONDS)
  }

  function measure(count: number): void {
    since.called += count
    const passedMs = nowMs() - since.atMs
    if (passedMs < MEASURED_MS) return
    const latest = (since.called * 1_000) / passedMs
    // Up at once, down slowly: a pause says little about what is possible.
    perSecond = Math.max(latest, (perSecond + latest) / 2)
    since = { atMs: nowMs(), called: 0 }
  }

  function giveBack(count: number): void {
    outstanding -= count
    const [next] = waiting
    if (next === undefined || size() - outstanding < CHUNK) return
    waiting.delete(next)
    next()
  }

  return {
    grant(wanted) {
      const free = size() - outstanding
      const granted = Math.min(wanted, Math.max(CHUNK, Math.floor(free * LARGEST_SHARE)))
      if (granted > free) return 0
      outstanding += granted
      return granted
    },
    called(count) {
      measure(count)
      giveBack(count)
    },
    unused: giveBack,
    async waitForFree(limitMs) {
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.add(resolve)
      const timer = setTimeout(resolve, limitMs)
      await promise
      clearTimeout(timer)
      waiting.delete(resolve)
    },
  }
}
