import { setTimeout as sleep } from 'node:timers/promises'
import { isRefusedValue } from '@postino/database'
import type { Logger } from '@postino/runtime'

/** Does a piece of work again until it succeeds. */
export type Patiently = <T>(what: string, work: () => Promise<T>) => Promise<T>

const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 1_000
// Some ten minutes, more when each try takes long itself.
const TRIES = 600

/**
 * What Telegram answered is known here alone: given up, it becomes an outcome that nobody knows. So a Postgres that is
 * away is waited for. What Postgres refuses to store it will refuse for ever; that is thrown at once.
 */
export function createPatience({ logger, tries = TRIES }: { logger: Logger; tries?: number }): Patiently {
  return async function patiently(what, work) {
    for (let tried = 1; ; tried++) {
      try {
        return await work()
      } catch (error) {
        if (tried >= tries || isRefusedValue(error)) throw error
        logger.warn({ err: error, what, tried }, 'database.waited_for')
        await sleep(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(tried - 1, 10)))
      }
    }
  }
}
