import type { Random } from '../random.ts'
import { randomInteger } from '../random.ts'

const MAX_RETRY_AFTER_SECONDS = 3600
const CAP_SECONDS = { min: 60, max: 120 }

/**
 * When a webhook that failed is tried again: at once after the first failure, then after 2, 4, 8 … seconds up to a
 * random cap of one to two minutes. A `Retry-After` answer overrides that once and leaves the doubling where it was.
 */
export function retryDelayMs(
  past: { failures: number; delayMs: number },
  retryAfterSeconds: number,
  random: Random,
): { waitMs: number; delayMs: number } {
  const wantedMs = Math.min(Math.max(retryAfterSeconds, 0), MAX_RETRY_AFTER_SECONDS) * 1000
  if (wantedMs > 0 || past.failures === 0) return { waitMs: wantedMs, delayMs: past.delayMs }
  const capMs = randomInteger(random, CAP_SECONDS.min, CAP_SECONDS.max) * 1000
  const delayMs = Math.min(capMs, past.delayMs * 2)
  return { waitMs: delayMs, delayMs }
}
