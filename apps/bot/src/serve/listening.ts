import type { Logger } from '@postino/runtime'
import type { Update } from 'grammy/types'
import type { BotApi } from '@postino/telegram'

/** One bot that is to get its updates. */
export interface ListeningBot {
  api: BotApi
  /** Throws when the update must be delivered again. */
  handle: (update: Update) => Promise<void>
  webhook: { path: string; secret: string }
  /** Aborted when the bot is no longer served. */
  signal: AbortSignal
  /** Telegram refuses the token. */
  onBroken: (reason: string) => void
  /** Telegram wants silence from the whole bot, in answer to a call that is for no chat. */
  onFlooded: (retryAfterSeconds: number) => void
  /** With the shop and the bot on every line. */
  logger: Logger
}

/** Sees to it that a bot gets its updates. Resolves when there is nothing more to do; does not reject. */
export type Listen = (bot: ListeningBot) => Promise<void>

/** Kinds of update the features need; Telegram leaves the others out. */
export const ALLOWED_UPDATES = ['message', 'callback_query', 'my_chat_member'] as const
