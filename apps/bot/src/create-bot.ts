import type { Database, ServedBot } from '@postino/database'
import {
  createGrammyClientOptions,
  useAutoRetry,
  type BotApi,
  type TelegramTransport,
} from '@postino/telegram'
import type { Logger } from '@postino/runtime'
import { Bot, type Composer } from 'grammy'
import type { Update } from 'grammy/types'
import type { BotContext } from './bot-context.ts'
import { createOncePerUpdate } from './once-per-update.ts'

/** One shop's bot, ready for its updates. */
export interface ShopBot {
  api: BotApi
  /** Takes effect once per update id; throws when it must be delivered again. */
  handle: (update: Update) => Promise<void>
}

export type CreateBot = (row: ServedBot, token: string) => ShopBot

/** Makes bots that share one set of features; only the token and the shop's words differ. */
export function createBotFactory(dependencies: {
  database: Database
  transport: TelegramTransport
  apiRoot: string
  composer: Composer<BotContext>
  logger: Logger
}): CreateBot {
  const { database, transport, apiRoot, composer, logger } = dependencies
  return (row, token) => {
    const bot = new Bot<BotContext>(token, {
      botInfo: botInfoOf(row),
      client: createGrammyClientOptions({ apiRoot, transport }),
    })
    useAutoRetry(bot.api)
    const { supportContact, privacyUrl, ...shop } = row.shop
    bot.use(
      createOncePerUpdate(database, logger, {
        shopId: row.shopId,
        botId: row.id,
        ...shop,
        supportContact: supportContact ?? undefined,
        privacyUrl: privacyUrl ?? undefined,
      }),
      composer,
    )
    return { api: bot.api, handle: (update) => bot.handleUpdate(update) }
  }
}

// Given, so that no bot asks getMe before its first update: with thousands of bots a restart would be a flood.
function botInfoOf(row: ServedBot) {
  return {
    id: Number(row.telegramId),
    is_bot: true as const,
    first_name: row.name,
    username: row.username,
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_guest_queries: false,
    supports_join_request_queries: false,
  }
}
