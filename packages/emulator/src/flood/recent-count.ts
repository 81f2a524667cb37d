/** Counts messages of the last stretch of time, and the most there ever were in one. */
export type RecentCount = {
  add: (count: number, nowMs: number) => void
  peak: () => number
}

const COMPACT_FROM = 1024

export function createRecentCount(windowMs: number): RecentCount {
  const arrivals: { atMs: number; count: number }[] = []
  let first = 0
  let inWindow = 0
  let peak = 0

  function leave(beforeMs: number): void {
    for (
      let oldest = arrivals[first];
      oldest !== undefined && oldest.atMs <= beforeMs;
      oldest = arrivals[first]
    ) {
      inWindow -= oldest.count
      first++
    }
    // Cutting off the front only when it is half of the whole keeps the cost of a call constant on average.
    if (first < COMPACT_FROM || first * 2 < arrivals.length) return
    arrivals.splice(0, first)
    first = 0
  }

  return {
    add(count, nowMs) {
      leave(nowMs - windowMs)
      arrivals.push({ atMs: nowMs, count })
      inWindow += count
      peak = Math.max(peak, inWindow)
    },
    peak: () => peak,
  }
}
