import type { CancelTimer, Clock } from '../clock.ts'

/** How many updates a webhook may be given at once, as things stand with it. */
export interface WebhookPace {
  /** Whether one more may be sent now. When it may later, `retry` is called then. */
  mayBegin(retry: () => void): boolean
  began(): void
  succeeded(): void
  failed(): void
  /** No connection came about, or it broke. */
  lostConnection(): void
}

/** Without a success for this long, a webhook is tried over one connection only. */
const QUIET_AFTER_MS = 10_000
const RECONNECT_MS = 2000

export function createWebhookPace(dependencies: {
  clock: Clock
  maxConnections: number
  timeScale: () => number
}): WebhookPace {
  const { clock, maxConnections, timeScale } = dependencies
  let inFlight = 0
  let lastSuccessMs = -Infinity
  let reconnectAtMs = -Infinity
  let cancelWait: CancelTimer | undefined

  return {
    mayBegin(retry) {
      const nowMs = clock.nowMs()
      const isQuiet = lastSuccessMs + QUIET_AFTER_MS < nowMs
      if (inFlight >= (isQuiet ? 1 : maxConnections)) return false
      if (!isQuiet || nowMs >= reconnectAtMs) return true
      cancelWait?.()
      cancelWait = clock.after(reconnectAtMs - nowMs, retry)
      return false
    },
    began: () => void (inFlight += 1),
    succeeded() {
      inFlight -= 1
      lastSuccessMs = clock.nowMs()
    },
    failed: () => void (inFlight -= 1),
    lostConnection: () => void (reconnectAtMs = clock.nowMs() + RECONNECT_MS * timeScale()),
  }
}
