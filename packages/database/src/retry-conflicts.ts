import { setTimeout as sleep } from 'node:timers/promises'
import { classifyDatabaseFailure } from './database-failure.ts'

const MOST_TRIES = 10
/** Whoever was in the way is done by then, as a rule; longer after each try. */
const PAUSE_MS = 3

/**
 * Does what is all or nothing, and does it again when it lost against another transaction (SQLSTATE 40001, 40P01, 55P03):
 * nothing of it has been kept then. Pauses are random, so that two who meet do not meet again.
 */
export async function retryConflicts<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      if (tries === MOST_TRIES || classifyDatabaseFailure(error) !== 'retry') throw error
      await sleep(Math.random() * PAUSE_MS * tries)
    }
  }
}
