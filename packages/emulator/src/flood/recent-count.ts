/** Counts messages of the last stretch of time, and the most there ever were in one. */
export type RecentCount = {
  add: (count: number, nowMs: number) => void
  peak: () => number
}

/** There are as many of these as bots: what has left the window is to stay in memory for a moment only. */
const COMPACT_FROM = 16

export function createRecentCount(windowMs: number): RecentCount {
  // Two lists of plain numbers: an object for each arrival costs several times as much.
  const timesMs: number[] = []
  const counts: number[] = []
  let first = 0
  let inWindow = 0
  let peak = 0

  function leave(beforeMs: number): void {
    while ((timesMs[first] ?? Number.POSITIVE_INFINITY) <= beforeMs) {
      inWindow -= counts[first] ?? 0
      first++
    }
    // Cutting off the front only when it is half of the whole keeps the cost of a call constant on average.
    if (first < COMPACT_FROM || first * 2 < timesMs.length) return
    timesMs.splice(0, first)
    counts.splice(0, first)
    first = 0
  }

  return {
    add(count, nowMs) {
      leave(nowMs - windowMs)
      timesMs.push(nowMs)
      counts.push(count)
      inWindow += count
      peak = Math.max(peak, inWindow)
    },
    peak: () => peak,
  }
}
