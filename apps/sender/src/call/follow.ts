import type { BegunTurn } from '@postino/database'
import type { Logger } from '@postino/runtime'
import type { FollowUps } from './follow-ups.ts'
import type { SenderMetrics } from '../metrics.ts'
import type { RunningTurn } from './running-turn.ts'
import type { ClaimedMessage } from '../claimed-message.ts'
import type { Consequence } from './settle.ts'

export type Follow = (turn: RunningTurn, message: ClaimedMessage, consequence: Consequence) => Promise<void>

export interface FollowDependencies {
  followUps: FollowUps
  metrics: Pick<SenderMetrics, 'rateLimited'>
  logger: Logger
}

// When Telegram cannot be reached there is no hurry: each message has a wait of its own, this one is the bot's.
const UNREACHABLE_PAUSE_MS = 1_000

/** Does what an answer asks for beside the message's own status; what concerns this turn at once, before any wait. */
export function createFollow({ followUps, metrics, logger }: FollowDependencies): Follow {
  return async function follow(turn, message, consequence) {
    const { begun } = turn
    const { registrationId } = message
    switch (consequence.kind) {
      case 'cool_chat': {
        const { retryAfterSeconds } = consequence
        const scope = coolWindow(turn, message, retryAfterSeconds)
        metrics.rateLimited(scope)
        const cooling = [followUps.coolChat(begun, { registrationId, retryAfterSeconds })]
        if (scope === 'bot') cooling.push(followUps.coolBot(begun, { retryAfterSeconds }))
        await Promise.all(cooling)
        return
      }
      case 'close_registration':
        return await followUps.closeRegistration(begun, {
          registrationId,
          status: consequence.status,
          call: { messageId: message.id, epoch: message.epoch },
        })
      case 'move_chat':
        return await followUps.moveChat(begun, { registrationId, chatId: consequence.chatId })
      case 'park_bot':
        turn.stop()
        return await park(begun, consequence.reason)
      case 'stop_paying':
        // The next turn goes on without paying.
        turn.stop()
        logger.warn({ shop: begun.shopId, bot: begun.botId }, 'bot.payment_refused')
        return await followUps.stopPaying(begun)
      case 'pause_turn':
        return turn.stop(UNREACHABLE_PAUSE_MS)
    }
  }

  async function park(begun: BegunTurn, reason: string): Promise<void> {
    const isNews = await followUps.parkBot(begun, { reason })
    if (isNews) logger.error({ shop: begun.shopId, bot: begun.botId, reason }, 'bot.parked')
  }
}

/**
 * Telegram never says whom a 429 means (telegram.md 1.2). The chat cools; the bot too when the window says that this chat
 * alone cannot be the cause, or when a second chat is refused.
 */
function coolWindow(turn: RunningTurn, message: ClaimedMessage, retryAfterSeconds: number): 'chat' | 'bot' {
  const nowMs = Date.now()
  const scope = turn.window.flooded(message.chatId, nowMs + retryAfterSeconds * 1_000, nowMs)
  if (scope === 'bot') turn.stop()
  return scope
}
