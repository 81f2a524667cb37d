/** Time as an argument, so that what waits can be tested without waiting. */
export interface Clock {
  /** Milliseconds since 1970. */
  nowMs(): number
  /** Calls `act` later; what it returns prevents that. */
  after(waitMs: number, act: () => void): () => void
}

export const SYSTEM_CLOCK: Clock = {
  nowMs: () => Date.now(),
  after(waitMs, act) {
    const timer = setTimeout(act, waitMs)
    return () => clearTimeout(timer)
  },
}
