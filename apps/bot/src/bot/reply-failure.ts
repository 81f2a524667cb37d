import type { Logger } from '@postino/runtime'
import { classifyFailure, type CallFailure } from '@postino/telegram'
import type { Clock } from './clock.ts'

const NOT_SENT_AGAIN_MS = 1_000
// Telegram refuses what is under way together; two chats refused within this time share one cause.
const SAME_EVENT_MS = 2_000

/** In how many milliseconds a failed answer is worth another try, if it is. */
export type OnReplyFailure = (error: unknown, chatId: number | undefined) => number | undefined

/**
 * What becomes of an answer that Telegram did not take. Only what surely did not arrive is tried again: a person who gets
 * the same sentence twice is worse off than one who asks twice.
 */
export function createReplyFailure(dependencies: {
  clock: Clock
  logger: Logger
  /** The token is refused. */
  onBroken: (reason: string) => void
  /** Telegram wants silence: in one chat, or from the whole bot when no chat is named. */
  onFlooded: (retryAfterSeconds: number, chatId?: number) => void
}): OnReplyFailure {
  const { clock, logger, onBroken, onFlooded } = dependencies
  let lastRefusal: { chatId: number; atMs: number } | undefined

  /** Telegram does not say whom a 429 means: the chat, and the bot too when a second chat is refused on its heels. */
  function isBots(chatId: number): boolean {
    const nowMs = clock.nowMs()
    const before = lastRefusal
    lastRefusal = { chatId, atMs: nowMs }
    return before !== undefined && before.chatId !== chatId && nowMs - before.atMs <= SAME_EVENT_MS
  }

  return (error, chatId) => {
    const failure = classify(error)
    switch (failure?.status) {
      case 'flooded': {
        const { retryAfterSeconds } = failure
        if (chatId !== undefined) onFlooded(retryAfterSeconds, chatId)
        if (chatId === undefined || isBots(chatId)) onFlooded(retryAfterSeconds)
        // Never at once, even when Telegram says 0.
        return Math.max(1, retryAfterSeconds) * 1_000
      }
      case 'not_sent':
        return NOT_SENT_AGAIN_MS
      case 'bot_broken':
        onBroken(`${failure.reason}: ${failure.description}`)
        return undefined
      case 'benign':
        // A picture that was right already, or a button that nobody waits for any more.
        return undefined
      case 'unreachable':
        // Whoever asks and leaves. Telegram tells of a block by an update of its own.
        logger.debug({ reason: failure.reason }, 'bot.nobody_there')
        return undefined
      case 'migrated':
      case 'refused':
      case 'unknown':
      case 'conflict':
      case undefined:
        logger.warn({ err: error }, 'bot.reply_failed')
        return undefined
    }
  }
}

function classify(error: unknown): CallFailure | undefined {
  try {
    return classifyFailure(error)
  } catch {
    // Of no call: the database's, when a screen is drawn anew, or our own mistake.
    return undefined
  }
}
