import type { Clock } from '../clock.ts'
import type { MethodAnswer } from '../methods/method.ts'

/** How the real server slows callers of getUpdates that are impatient or too many. */
export interface PollManners {
  /** Calling again at once with the same offset is made slower, then smaller. */
  restrain(request: { offset: number; limit: number; timeoutSeconds: number }): {
    limit: number
    timeoutSeconds: number
  }
  /** A 409, at most one at once every three seconds; the others are held back for three. */
  conflict(description: string): Promise<MethodAnswer>
}

const REPEATED_WITHIN_MS = 3000
const REPEATED_AT_ONCE_MS = 500
const MIN_TIMEOUT_SECONDS = 3
const CONFLICT_SPACING_MS = 3000

export function createPollManners(clock: Clock, areOn: () => boolean): PollManners {
  let previousOffset: number | undefined
  let previousStartMs = -Infinity
  let nextConflictMs = -Infinity

  return {
    restrain({ offset, limit, timeoutSeconds }) {
      const sinceMs = clock.nowMs() - previousStartMs
      const isRepeated = areOn() && offset === previousOffset
      previousOffset = offset
      previousStartMs = clock.nowMs()
      return {
        limit: isRepeated && sinceMs < REPEATED_AT_ONCE_MS ? 1 : limit,
        timeoutSeconds:
          isRepeated && sinceMs < REPEATED_WITHIN_MS
            ? Math.max(timeoutSeconds, MIN_TIMEOUT_SECONDS)
            : timeoutSeconds,
      }
    },
    conflict(description) {
      const refusal: MethodAnswer = { status: 'refused', code: 409, description }
      const nowMs = clock.nowMs()
      if (!areOn() || nowMs >= nextConflictMs) {
        nextConflictMs = nowMs + CONFLICT_SPACING_MS
        return Promise.resolve(refusal)
      }
      return new Promise((resolve) => clock.after(CONFLICT_SPACING_MS, () => resolve(refusal)))
    },
  }
}
