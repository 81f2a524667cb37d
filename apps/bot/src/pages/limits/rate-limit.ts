/** Lets so many acts happen at once for each name, and then so many a second. */
export interface RateLimit {
  /** Undefined when it may happen now, and is counted; else how many seconds to wait. */
  take(name: string): number | undefined
}

export interface RateLimitOptions {
  burst: number
  perSecond: number
  /** Milliseconds of any clock that only goes forward. */
  nowMs: () => number
}

// About ten megabytes. Beyond them those forgotten first are those seen last the longest ago.
const MAX_NAMES = 100_000

/** Counts in memory: each process by itself, anew after a restart. */
export function createRateLimit({ burst, perSecond, nowMs }: RateLimitOptions): RateLimit {
  /** When the name's burst is whole again, oldest act first. */
  const wholeAtMs = new Map<string, number>()
  const costMs = 1_000 / perSecond
  return {
    take(name) {
      const now = nowMs()
      const fromMs = Math.max(now, wholeAtMs.get(name) ?? 0)
      const waitMs = fromMs + costMs - now - burst * costMs
      if (waitMs > 0) return Math.ceil(waitMs / 1_000)
      wholeAtMs.delete(name)
      wholeAtMs.set(name, fromMs + costMs)
      forget(wholeAtMs, now)
      return undefined
    },
  }
}

/** At each act a few of those that need not be known any more; so that no act takes long, and the list stays short. */
function forget(wholeAtMs: Map<string, number>, now: number): void {
  let looked = 0
  for (const [name, atMs] of wholeAtMs) {
    if (atMs > now && wholeAtMs.size <= MAX_NAMES) return
    wholeAtMs.delete(name)
    looked += 1
    if (looked === 4) return
  }
}
