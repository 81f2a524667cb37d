import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../log/create-logger.ts'

/** Runs `work` again and again, `intervalMs` after it ended, until closed; a failure is logged and the next round comes. */
export function every(
  intervalMs: number,
  work: () => Promise<void>,
  { name, logger }: { name: string; logger: Logger },
) {
  const stopping = new AbortController()
  const running = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await work()
      } catch (error) {
        logger.warn({ err: error }, `${name}.failed`)
      }
      // Aborted on close: that is how the wait ends early.
      await sleep(intervalMs, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  })()
  return {
    async close(): Promise<void> {
      stopping.abort()
      await running
    },
  }
}
