import type { Clock } from '../clock.ts'

/** Watches for a webhook that answers 410 Gone, which is taken at its word after most of a day. */
export interface GoneWatch {
  isForGood(statusCode: number): boolean
  clear(): void
}

const GONE_AFTER_MS = 23 * 60 * 60 * 1000

export function createGoneWatch(clock: Clock): GoneWatch {
  let firstGoneMs: number | undefined
  return {
    isForGood(statusCode) {
      if (statusCode !== 410) {
        firstGoneMs = undefined
        return false
      }
      firstGoneMs ??= clock.nowMs()
      return clock.nowMs() - firstGoneMs > GONE_AFTER_MS
    },
    clear: () => void (firstGoneMs = undefined),
  }
}
