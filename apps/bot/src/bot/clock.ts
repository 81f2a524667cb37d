/** Time as an argument, so that what waits can be tested without waiting. */
export interface Clock {
  /** Milliseconds since 1970, by a clock that is never put forward or back: only differences count. */
  nowMs(): number
  /** Calls `act` after so long, or after three weeks at the latest; what it returns prevents that. */
  after(waitMs: number, act: () => void): () => void
}

// Node takes a longer wait for none at all. Whoever is called early looks at the time and waits again.
const LONGEST_TIMER_MS = 2 ** 31 - 1

export const SYSTEM_CLOCK: Clock = {
  nowMs: () => performance.timeOrigin + performance.now(),
  after(waitMs, act) {
    const timer = setTimeout(act, Math.min(waitMs, LONGEST_TIMER_MS))
    return () => clearTimeout(timer)
  },
}
