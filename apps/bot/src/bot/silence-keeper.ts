import type { Logger } from '@postino/runtime'
import type { Clock } from './clock.ts'

export interface SilenceKeeper {
  /** Rejects never. `write` gets the seconds that are left. */
  keep: (retryAfterSeconds: number, write: (leftSeconds: number) => Promise<void>) => Promise<void>
  /** Tries nothing again. */
  close: () => void
}

const AGAIN_MS = 1_000

/**
 * Writes down that Telegram wants silence, so that the sender and the other processes keep it too. Known here alone, it
 * would be broken by them: while Postgres is away it is tried each second, as long as the silence lasts.
 */
export function createSilenceKeeper({ clock, logger }: { clock: Clock; logger: Logger }): SilenceKeeper {
  const closing = new AbortController()
  return {
    async keep(retryAfterSeconds, write) {
      const untilMs = clock.nowMs() + retryAfterSeconds * 1_000
      for (let leftSeconds = retryAfterSeconds; !closing.signal.aborted;) {
        try {
          return await write(leftSeconds)
        } catch (error) {
          logger.warn({ err: error, leftSeconds }, 'bot.silence_not_written')
        }
        await new Promise<void>((resolve) => clock.after(AGAIN_MS, resolve))
        leftSeconds = Math.ceil((untilMs - clock.nowMs()) / 1_000)
        if (leftSeconds <= 0) return
      }
    },
    close: () => closing.abort(),
  }
}
