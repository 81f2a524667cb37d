const FIRST_DELAY_MS = 100
const MAX_DELAY_MS = 10_000

/** How long everybody holds still after tries that came to nothing. */
export interface Outage {
  /**
   * A try that began then failed.
   *
   * @returns the failures in a row, when they began, and how long the next try has to wait
   */
  note(
    startedMs: number,
    retryAfterMs: number | undefined,
  ): { attempt: number; sinceMs: number; delayMs: number }
  /** Milliseconds until anybody may try. */
  restMs(): number
  end(): void
}

/** Delays double from a tenth of a second to ten, half of each by chance, and are never shorter than what was asked for. */
export function createOutage({ retryForMs, nowMs }: { retryForMs: number; nowMs: () => number }): Outage {
  let sinceMs: number | undefined
  let attempt = 0
  let untilMs = 0

  return {
    note(startedMs, retryAfterMs = 0) {
      sinceMs ??= startedMs
      attempt += 1
      const longestMs = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt - 1, 20))
      const delayMs = Math.max(retryAfterMs, Math.round(longestMs * (0.5 + Math.random() / 2)))
      // Who came later does not wait beyond all bounds for a first try.
      untilMs = nowMs() + Math.min(delayMs, Math.max(retryForMs, MAX_DELAY_MS))
      return { attempt, sinceMs, delayMs }
    },
    restMs: () => Math.max(0, untilMs - nowMs()),
    end() {
      sinceMs = undefined
      attempt = 0
      untilMs = 0
    },
  }
}
