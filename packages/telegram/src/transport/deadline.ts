export interface Deadline {
  /** So many bytes have left: they may have taken their time. */
  extend: (sizeBytes: number) => void
  stop: () => void
}

/**
 * Ends a call in time. An upload earns its time byte by byte, at the least rate that is acceptable: a large one may take long,
 * one that stands still is given up no later than one of its size would be.
 */
export function startDeadline(
  { limitMs, leastBytesPerSecond }: { limitMs: number; leastBytesPerSecond: number },
  onExpired: () => void,
): Deadline {
  let earnedMs = 0
  let timer = setTimeout(expire, limitMs)

  function expire(): void {
    if (earnedMs < 1) return onExpired()
    timer = setTimeout(expire, earnedMs)
    earnedMs = 0
  }

  return {
    extend: (sizeBytes) => void (earnedMs += (sizeBytes * 1_000) / leastBytesPerSecond),
    stop: () => clearTimeout(timer),
  }
}
