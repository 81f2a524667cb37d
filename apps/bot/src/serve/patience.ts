import { classifyFailure } from '@postino/telegram'

// Doubled with each failure in a row, up to the last one.
const FIRST_PAUSE_MS = 1_000
const LAST_PAUSE_MS = 60_000
// Node takes a longer wait for none at all.
const LONGEST_SLEEP_MS = 2 ** 31 - 1

export type NextTry =
  /** `floodedSeconds`: Telegram wants silence for so long. */
  | { status: 'again'; inMs: number; floodedSeconds?: number }
  /** No call will succeed until somebody mends the token. */
  | { status: 'broken'; reason: string }

/**
 * When to repeat a call that failed and does no harm twice, such as setWebhook and getUpdates.
 *
 * @param failures how many there were in a row, this one included
 */
export function nextTry(error: unknown, failures: number): NextTry {
  const pauseMs = Math.min(LAST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures - 1, 10))
  const failure = classifyFailure(error)
  if (failure.status === 'bot_broken') {
    return { status: 'broken', reason: `${failure.reason}: ${failure.description}` }
  }
  if (failure.status !== 'flooded') return { status: 'again', inMs: pauseMs }
  const { retryAfterSeconds: floodedSeconds } = failure
  const inMs = Math.min(LONGEST_SLEEP_MS, Math.max(pauseMs, floodedSeconds * 1_000))
  return { status: 'again', inMs, floodedSeconds }
}
