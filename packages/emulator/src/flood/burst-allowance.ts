import type { Pacer } from './sliding-window.ts'

/**
 * One message every `intervalMs`, and up to `burst` ahead of that (a generic cell rate). A dearer call, an album, needs
 * no more than the whole burst to begin, and is paid for in full afterwards.
 */
export function createBurstAllowance(limit: { intervalMs: number; burst: number }): Pacer {
  const { intervalMs, burst } = limit
  /** When all that was taken would have arrived, sent one by one. */
  let paidUntilMs = Number.NEGATIVE_INFINITY
  let newestMs = Number.NEGATIVE_INFINITY

  return {
    earliest(cost, nowMs) {
      const needed = Math.min(cost, burst)
      return Math.max(nowMs, newestMs, paidUntilMs - (burst - needed) * intervalMs)
    },
    take(cost, atMs) {
      newestMs = atMs
      paidUntilMs = Math.max(paidUntilMs, atMs) + cost * intervalMs
    },
    idleAt: () => paidUntilMs,
  }
}
