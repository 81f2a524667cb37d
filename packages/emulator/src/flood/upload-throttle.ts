import type { UploadDecision } from './flood-decision.ts'
import { createRemembered } from './remembered.ts'

const SMALL_BYTES = 100_000
const GAP_MS_PER_BYTE = 1e-4
const MIN_GAP_MS = 200
const MAX_GAP_MS = 900
const CREDIT_MS = 1000
const MAX_BACKLOG_MS = 5000
const REFUSAL_HOLD_MS = 3000
const REFUSAL_SECONDS = 60
const MAX_REMEMBERED = 10_000

/**
 * The open Bot API server's brake on uploading one file again and again: uploads of the same bot and the same total size
 * are spaced by their size, and refused once the line is five seconds long.
 */
export function createUploadThrottle(isOn: () => boolean): {
  arrive: (upload: { botId: number; sizeBytes: number; nowMs: number }) => UploadDecision
  reset: () => void
} {
  const lines = createRemembered({
    create: () => ({ lastMs: Number.NEGATIVE_INFINITY }),
    forgottenAt: ({ lastMs }) => lastMs + CREDIT_MS + MAX_GAP_MS,
    maxSize: MAX_REMEMBERED,
  })

  return {
    arrive({ botId, sizeBytes, nowMs }) {
      if (!isOn() || sizeBytes <= SMALL_BYTES) return { status: 'pass' }
      const line = lines.get(`${botId} ${sizeBytes}`, nowMs)
      if (line.lastMs > nowMs + MAX_BACKLOG_MS) {
        return { status: 'refuse', retryAfterSeconds: REFUSAL_SECONDS, holdMs: REFUSAL_HOLD_MS }
      }
      const gapMs = Math.min(Math.max(sizeBytes * GAP_MS_PER_BYTE, MIN_GAP_MS), MAX_GAP_MS)
      line.lastMs = Math.max(line.lastMs + gapMs, nowMs - CREDIT_MS)
      return line.lastMs > nowMs
        ? { status: 'hold', holdMs: Math.ceil(line.lastMs - nowMs) }
        : { status: 'pass' }
    },
    reset: () => lines.clear(),
  }
}
