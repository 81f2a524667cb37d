import {
  closeRegistration,
  coolBot,
  coolChat,
  moveChat,
  parkBot,
  type BegunTurn,
  type Database,
} from '@postino/database'
import type { FloodWindow } from '@postino/telegram'
import type { Logger } from '@postino/runtime'
import type { ClaimedMessage, Consequence } from './settle.ts'

export interface Follow {
  begun: BegunTurn
  message: ClaimedMessage
  window: FloodWindow
  /** No further call of this turn. */
  stopTurn: () => void
}

/** Does what an answer asks for beside the message's own status. */
export function createFollow({ database, logger }: { database: Database; logger: Logger }) {
  return async function follow(turn: Follow, consequence: Consequence): Promise<void> {
    const { begun, message, stopTurn } = turn
    const { shopId, botId } = begun
    const { registrationId } = message
    switch (consequence.kind) {
      case 'cool_chat':
        return await cool(database, turn, consequence.retryAfterSeconds)
      case 'close_registration': {
        const { status } = consequence
        const target = { registrationId, status, reason: `registration_${status}` }
        await closeRegistration(database, shopId, target)
        return
      }
      case 'move_chat':
        return await moveChat(database, shopId, { registrationId, chatId: consequence.chatId })
      case 'park_bot':
        stopTurn()
        if (await parkBot(database, shopId, { botId, reason: consequence.reason })) {
          logger.error({ shop: shopId, bot: botId, reason: consequence.reason }, 'bot.parked')
        }
        return
      case 'pause_turn':
        return stopTurn()
    }
  }
}

/**
 * Telegram never says whom a 429 means (telegram.md 1.2). The chat cools; the bot too when the window says that this chat
 * alone cannot be the cause, or when a second chat is refused.
 */
async function cool(database: Database, turn: Follow, retryAfterSeconds: number): Promise<void> {
  const { begun, message, window, stopTurn } = turn
  const nowMs = Date.now()
  const untilMs = nowMs + retryAfterSeconds * 1_000
  await coolChat(database, begun.shopId, { registrationId: message.registrationId, retryAfterSeconds })
  const scope = window.flooded(message.chatId, untilMs, nowMs)
  if (scope === 'chat') return
  stopTurn()
  await coolBot(database, begun.shopId, { botId: begun.botId, retryAfterSeconds })
}
