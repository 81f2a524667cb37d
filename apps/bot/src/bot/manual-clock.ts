import type { Clock } from './clock.ts'

/** For tests: time that passes when it is told to. */
export interface ManualClock extends Clock {
  /** Lets so much time pass, doing on the way what falls due, each with all that follows from it at once. */
  pass(ms: number): Promise<void>
}

export function createManualClock(startMs = 1_800_000_000_000): ManualClock {
  let nowMs = startMs
  const due = new Set<{ atMs: number; act: () => void }>()
  return {
    nowMs: () => nowMs,
    after(waitMs, act) {
      const timer = { atMs: nowMs + waitMs, act }
      due.add(timer)
      return () => due.delete(timer)
    },
    async pass(ms) {
      const untilMs = nowMs + ms
      await settle()
      for (;;) {
        const [next] = [...due].filter(({ atMs }) => atMs <= untilMs).toSorted((a, b) => a.atMs - b.atMs)
        if (next === undefined) break
        due.delete(next)
        nowMs = Math.max(nowMs, next.atMs)
        next.act()
        await settle()
      }
      nowMs = untilMs
    },
  }
}

/** Promises that are settled already are acted upon before the next timer of Node. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
}
