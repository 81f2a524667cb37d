import { turnKey } from '../job-catalogue.ts'
import type { Turn } from '../job-catalogue.ts'

const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 15_000
/** Bots remembered as failing. When there are more, everything fails, and starting to count again does no harm. */
const BOTS_REMEMBERED = 10_000

export type TurnRetries = {
  succeeded: (turn: Turn) => void
  /** A turn of this bot has failed: how often in a row now, and in how many ms to try again. */
  failed: (turn: Turn) => { failures: number; delayMs: number }
}

/** Counts turns that fail in a row, as seen by this process: no more is needed to slow down. */
export function createTurnRetries(): TurnRetries {
  const failuresOf = new Map<string, number>()
  return {
    succeeded(turn) {
      failuresOf.delete(turnKey(turn))
    },
    failed(turn) {
      const key = turnKey(turn)
      const failures = (failuresOf.get(key) ?? 0) + 1
      if (failuresOf.size >= BOTS_REMEMBERED) failuresOf.clear()
      failuresOf.set(key, failures)
      return { failures, delayMs: retryDelayMs(failures, Math.random()) }
    },
  }
}

/** Doubles from 0.5 to 15 s. `chance` in [0, 1) takes off up to half: bots that failed together come back apart. */
export function retryDelayMs(failures: number, chance: number): number {
  const fullMs = Math.min(FIRST_DELAY_MS * 2 ** Math.min(failures - 1, 20), LONGEST_DELAY_MS)
  return Math.ceil(fullMs * (1 - chance / 2))
}
