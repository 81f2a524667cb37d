import {
  closeRegistration,
  coolBot,
  coolChat,
  moveChat,
  parkBot,
  type BegunTurn,
  type Database,
} from '@postino/database'
import type { Patiently } from './patience.ts'

/** What answers of Telegram change in Postgres beside the message itself. Each waits while Postgres is away. */
export interface FollowUps {
  coolChat(begun: BegunTurn, wait: { registrationId: string; retryAfterSeconds: number }): Promise<void>
  coolBot(begun: BegunTurn, wait: { retryAfterSeconds: number }): Promise<void>
  closeRegistration(
    begun: BegunTurn,
    end: { registrationId: string; status: 'blocked' | 'revoked' },
  ): Promise<void>
  moveChat(begun: BegunTurn, move: { registrationId: string; chatId: string }): Promise<void>
  /** True when the bot was not parked before. */
  parkBot(begun: BegunTurn, park: { reason: string }): Promise<boolean>
}

export function createFollowUps(database: Database, patiently: Patiently): FollowUps {
  const close: FollowUps['closeRegistration'] = async ({ shopId }, { registrationId, status }) => {
    const end = { registrationId, status, reason: `registration_${status}` }
    await patiently('close_registration', () => closeRegistration(database, shopId, end))
  }

  return {
    coolChat: ({ shopId }, wait) => patiently('cool_chat', () => coolChat(database, shopId, wait)),
    coolBot: ({ shopId, botId }, { retryAfterSeconds }) =>
      patiently('cool_bot', () => coolBot(database, shopId, { botId, retryAfterSeconds })),
    closeRegistration: close,
    async moveChat(begun, move) {
      try {
        await patiently('move_chat', () => moveChat(database, begun.shopId, move))
      } catch (error) {
        if (!isDuplicate(error)) throw error
        // The new chat has a registration of its own, and the old one has no chat any more.
        await close(begun, { registrationId: move.registrationId, status: 'revoked' })
      }
    },
    parkBot: ({ shopId, botId, token }, { reason }) =>
      patiently('park_bot', () => parkBot(database, shopId, { botId, reason, token })),
  }
}

function isDuplicate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505'
}
