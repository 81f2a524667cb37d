/** How many messages this process may have claimed and not yet called for, whichever bots they are of. */
export interface ClaimBudget {
  /**
   * Grants some of the messages a turn could send, first come first served; 0 when its time has passed before. What is
   * granted has to be given back, each message once, and then `done` be said.
   */
  acquire(wanted: number, limitMs: number): Promise<number>
  /** So many were called for. */
  called(count: number): void
  /** So many were not: there were no messages, or no time. */
  unused(count: number): void
  /** All of one grant was given back. */
  done(): void
}

// A claim is good for three quarters of a second from its end; what is called for in two thirds of that is safe to claim.
const AHEAD_SECONDS = 0.5
// Enough for many bots that begin at once, before anything is known about the pace.
const SMALLEST = 160
// While others wait nobody gets more than this, so that all get the same; and nobody less than it wants and this, as a
// claim costs the same for one message as for some. While nobody waits, what is free is shared with those who have some.
const CHUNK = 8
// At a fast pace more than that, as long as so many turns can have some at the same time.
const LARGEST_CHUNK = 16
const HOLDERS_AT_ONCE = 128
const MEASURED_MS = 250

interface Waiter {
  wanted: number
  grant: (count: number) => void
}

/**
 * Claiming more than can be called for in time costs two statements for each message that goes back. So the budget follows
 * the pace at which calls were lately begun.
 */
export function createClaimBudget(nowMs: () => number = () => performance.now()): ClaimBudget {
  const waiting = new Set<Waiter>()
  let outstanding = 0
  let holders = 0
  let perSecond = 0
  let since = { atMs: nowMs(), called: 0 }

  function free(): number {
    return Math.max(SMALLEST, perSecond * AHEAD_SECONDS) - outstanding
  }

  function chunk(): number {
    return Math.max(CHUNK, Math.min(LARGEST_CHUNK, Math.floor((perSecond * AHEAD_SECONDS) / HOLDERS_AT_ONCE)))
  }

  function take(wanted: number, most: number): number {
    const granted = Math.min(wanted, Math.max(chunk(), most))
    if (granted > free()) return 0
    outstanding += granted
    if (granted > 0) holders += 1
    return granted
  }

  function serveWaiting(): void {
    for (const waiter of waiting) {
      const granted = take(waiter.wanted, chunk())
      if (granted === 0) return
      waiting.delete(waiter)
      waiter.grant(granted)
    }
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

  return {
    async acquire(wanted, limitMs) {
      const granted = waiting.size > 0 ? 0 : take(wanted, Math.floor(free() / (holders + 2)))
      if (granted > 0 || wanted === 0) return granted
      const { promise, resolve: grant } = Promise.withResolvers<number>()
      const waiter = { wanted, grant }
      waiting.add(waiter)
      const timer = setTimeout(() => {
        waiting.delete(waiter)
        grant(0)
      }, limitMs)
      const late = await promise
      clearTimeout(timer)
      return late
    },
    called(count) {
      measure(count)
      outstanding -= count
      serveWaiting()
    },
    unused(count) {
      outstanding -= count
      serveWaiting()
    },
    done() {
      holders -= 1
    },
  }
}
