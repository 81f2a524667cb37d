import type { Logger } from '@postino/runtime'
import { classifyFailure, type CallFailure } from '@postino/telegram'

const NOT_SENT_AGAIN_MS = 1_000

/**
 * What becomes of an answer that Telegram did not take: in how many milliseconds it is worth another try, if it is. Only
 * what surely did not arrive is tried again; a person who gets the same sentence twice is worse off than one who asks twice.
 */
export function createReplyFailure(dependencies: {
  logger: Logger
  /** The token is refused. */
  onBroken: (reason: string) => void
}): (error: unknown) => number | undefined {
  const { logger, onBroken } = dependencies
  return (error) => {
    const failure = classify(error)
    switch (failure?.status) {
      case 'flooded':
        return failure.retryAfterSeconds * 1_000
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
