/** How long an exchange may take. */
export interface PaceLimits {
  totalTimeoutMs: number
  /** Every byte received earns the time it takes at this rate. */
  leastBytesPerSecond: number
}

export interface Pace extends Disposable {
  /** Aborted when the time is up, or when the caller gave up. */
  signal: AbortSignal
  hasTimedOut: () => boolean
  received: (sizeBytes: number) => void
}

/** Watches over an exchange as a whole: a small answer has its few seconds, a large one as much more as its bytes may take. */
export function startPace(limits: PaceLimits, givenUp: AbortSignal | undefined): Pace {
  const { totalTimeoutMs, leastBytesPerSecond } = limits
  const timeUp = new AbortController()
  let earnedMs = 0
  let timer = setTimeout(expire, totalTimeoutMs)

  function expire(): void {
    if (earnedMs < 1) return timeUp.abort()
    timer = setTimeout(expire, earnedMs)
    earnedMs = 0
  }

  return {
    signal: givenUp === undefined ? timeUp.signal : AbortSignal.any([timeUp.signal, givenUp]),
    hasTimedOut: () => timeUp.signal.aborted,
    received: (sizeBytes) => void (earnedMs += (sizeBytes * 1_000) / leastBytesPerSecond),
    [Symbol.dispose]: () => clearTimeout(timer),
  }
}
