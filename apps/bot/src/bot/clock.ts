/** Time as an argument, so that what waits can be tested without waiting. */
export interface Clock {
  /** Milliseconds since 1970, by a clock that is never put forward or back: only differences count. */
  nowMs(): number
  /** Calls `act` later; what it returns prevents that. */
  after(waitMs: number, act: () => void): () => void
}

export const SYSTEM_CLOCK: Clock = {
  nowMs: () => performance.timeOrigin + performance.now(),
  after(waitMs, act) {
    const timer = setTimeout(act, waitMs)
    return () => clearTimeout(timer)
  },
}
