import type { ColdBotDecision } from './flood-decision.ts'
import type { FloodSettings } from './flood-settings.ts'
import { createRemembered } from './remembered.ts'
import { createSlidingWindow } from './sliding-window.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const MAX_REMEMBERED = 10_000

/** How many bots that the server has not loaded one address may bring in a minute and in an hour. */
export function createColdBotLimit(limits: () => FloodSettings['coldBots']): {
  arrive: (call: { address: string; nowMs: number }) => ColdBotDecision
  reset: () => void
} {
  const addresses = createRemembered({
    create: () => {
      const { perMinute, perHour } = limits()
      const windows = []
      if (perMinute > 0) windows.push(createSlidingWindow({ limit: perMinute, windowMs: MINUTE_MS }))
      if (perHour > 0) windows.push(createSlidingWindow({ limit: perHour, windowMs: HOUR_MS }))
      return windows
    },
    forgottenAt: (windows) => Math.max(...windows.map((window) => window.idleAt())),
    maxSize: MAX_REMEMBERED,
  })

  return {
    arrive({ address, nowMs }) {
      const windows = addresses.get(address, nowMs)
      const waitMs = Math.max(0, ...windows.map((window) => window.earliest(1, nowMs) - nowMs))
      if (waitMs > 0) return { status: 'refuse', retryAfterSeconds: Math.floor(waitMs / 1000) + 1 }
      for (const window of windows) window.take(1, nowMs)
      return { status: 'pass' }
    },
    reset: () => addresses.clear(),
  }
}
