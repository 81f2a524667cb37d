import {
  closeRegistration,
  coolBot,
  coolChat,
  moveChat,
  parkBot,
  stopPaying,
  type BegunTurn,
  type Database,
} from '@postino/database'
import type { Patiently } from '../statements/patience.ts'

// A shop that has bought Stars meanwhile waits no longer than this for what it pays for.
const UNPAID_SECONDS = 3_600

/** What answers of Telegram change in Postgres beside the message itself. Each waits while Postgres is away. */
export interface FollowUps {
  coolChat(begun: BegunTurn, wait: { registrationId: string; retryAfterSeconds: number }): Promise<void>
  coolBot(begun: BegunTurn, wait: { retryAfterSeconds: number }): Promise<void>
  closeRegistration(
    begun: BegunTurn,
    end: {
      registrationId: string
      status: 'blocked' | 'revoked'
      call: { messageId: string; epoch: string }
    },
  ): Promise<void>
  moveChat(begun: BegunTurn, move: { registrationId: string; chatId: string }): Promise<void>
  /** No paid call for an hour. */
  stopPaying(begun: BegunTurn): Promise<void>
  /** True when the bot was not parked before. */
  parkBot(begun: BegunTurn, park: { reason: string }): Promise<boolean>
}

export function createFollowUps(database: Database, patiently: Patiently): FollowUps {
  return {
    coolChat: ({ shopId }, wait) => patiently('cool_chat', () => coolChat(database, shopId, wait)),
    coolBot: ({ shopId, botId }, { retryAfterSeconds }) =>
      patiently('cool_bot', () => coolBot(database, shopId, { botId, retryAfterSeconds })),
    async closeRegistration({ shopId }, end) {
      const target = { ...end, reason: `registration_${end.status}` }
      await patiently('close_registration', () => closeRegistration(database, shopId, target))
    },
    moveChat: ({ shopId }, move) => patiently('move_chat', () => moveChat(database, shopId, move)),
    stopPaying: ({ shopId, botId }) =>
      patiently('stop_paying', () => stopPaying(database, shopId, { botId, forSeconds: UNPAID_SECONDS })),
    parkBot: ({ shopId, botId, token }, { reason }) =>
      patiently('park_bot', () => parkBot(database, shopId, { botId, reason, token })),
  }
}
