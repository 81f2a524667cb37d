import { setTimeout as sleep } from 'node:timers/promises'
import { toGrammySignal } from '@postino/telegram'
import type { ListeningBot } from './listening.ts'
import { nextTry } from './patience.ts'

type GrammySignal = ReturnType<typeof toGrammySignal>

/** Repeats a call until Telegram has done it: true. False when the bot is no longer served, or broken. */
export async function insist(
  bot: ListeningBot,
  call: (signal: GrammySignal) => Promise<unknown>,
): Promise<boolean> {
  const signal = toGrammySignal(bot.signal)
  for (let failures = 1; !bot.signal.aborted; failures++) {
    try {
      await call(signal)
      return true
    } catch (error) {
      if (!(await outlast(bot, error, failures))) return false
    }
  }
  return false
}

/** Waits as long as makes sense after a failed call; false when another call makes none. */
export async function outlast(bot: ListeningBot, error: unknown, failures: number): Promise<boolean> {
  if (bot.signal.aborted) return false
  const next = nextTry(error, failures)
  if (next.status === 'broken') {
    bot.onBroken(next.reason)
    return false
  }
  if (next.floodedSeconds !== undefined) bot.onFlooded(next.floodedSeconds)
  bot.logger.warn({ err: error, failures, againInMs: next.inMs }, 'bot.not_listening')
  // Aborted when the bot is no longer served: that is how the wait ends early.
  await sleep(next.inMs, undefined, { signal: bot.signal }).catch(() => undefined)
  return !bot.signal.aborted
}
