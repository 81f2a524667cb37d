import {
  coolBot,
  coolChat,
  takeReplySlot,
  type Database,
  type ReplySlot,
  type ServedBot,
} from '@postino/database'
import type { Logger } from '@postino/runtime'
import { createGrammyClientOptions, type BotApi, type TelegramTransport } from '@postino/telegram'
import { Bot, type Composer } from 'grammy'
import type { Update } from 'grammy/types'
import type { BotMetrics } from '../metrics.ts'
import { createActOutside, type ActOutside } from './act-outside.ts'
import type { BotContext, ServedShop } from './bot-context.ts'
import type { Clock } from './clock.ts'
import { createOncePerUpdate } from './once-per-update.ts'
import { createOutbox } from './outbox.ts'
import { createReplyFailure } from './reply-failure.ts'
import type { BotPace } from './reply-pace.ts'
import { createSilenceKeeper } from './silence-keeper.ts'

/** One shop's bot, ready for its updates. */
export interface ShopBot {
  api: BotApi
  /** Takes effect once per update id; throws when nothing was kept and the update must be delivered again. */
  handle: (update: Update) => Promise<void>
  /** What a person did elsewhere takes effect in their chat. */
  actOutside: ActOutside
  /** What the bot says of its shop from now on. */
  speakFor: (row: ServedBot) => void
  /** Telegram wants silence from the whole bot: every process and the sender are told. */
  onFlooded: (retryAfterSeconds: number) => void
  /** Says what still waits to be said. */
  close: () => Promise<void>
}

export interface BotFactoryDependencies {
  database: Database
  transport: TelegramTransport
  apiRoot: string
  composer: Composer<BotContext>
  clock: Clock
  pace: BotPace
  metrics: BotMetrics
  /** Where the shops' pages are; undefined when there are none. */
  publicUrl?: string | undefined
}

export type CreateBot = (
  row: ServedBot,
  own: {
    token: string
    /** Called when Telegram refuses the token. */
    onBroken: (reason: string) => void
    logger: Logger
  },
) => ShopBot

const NO_SLOT_PAUSE_MS = 1_000

/** Makes bots that share one set of features; only the token and the shop's words differ. */
export function createBotFactory(dependencies: BotFactoryDependencies): CreateBot {
  const { database, transport, apiRoot, composer, clock, pace, metrics, publicUrl } = dependencies
  return (row, { token, onBroken, logger }) => {
    const { shopId, id: botId } = row
    const bot = new Bot<BotContext>(token, {
      botInfo: botInfoOf(row),
      client: createGrammyClientOptions({ apiRoot, transport }),
    })
    // Without auto-retry, which waits inside a call and knows neither the pace nor that the whole bot is to be silent.
    const onFailure = createReplyFailure({ clock, logger, onBroken, onFlooded })
    const silence = createSilenceKeeper({ clock, logger })
    const onOverflow = () => metrics.replyDropped()
    const outbox = createOutbox({ clock, pace, takeSlot, onFailure, onOverflow })

    async function takeSlot(chatId: number): Promise<ReplySlot> {
      try {
        return await takeReplySlot(database, shopId, { botId, chatId, pace })
      } catch (error) {
        // Without Postgres nobody knows who else is sending.
        logger.warn({ err: error }, 'bot.no_reply_slot')
        return { status: 'cooling', scope: 'bot', leftMs: NO_SLOT_PAUSE_MS }
      }
    }

    function onFlooded(retryAfterSeconds: number, chatId?: number): void {
      logger.warn({ retryAfterSeconds, scope: chatId === undefined ? 'bot' : 'chat' }, 'bot.cooling')
      const cool = (leftSeconds: number) => {
        const wait = { botId, retryAfterSeconds: leftSeconds }
        return chatId === undefined
          ? coolBot(database, shopId, wait)
          : coolChat(database, shopId, { ...wait, chatId })
      }
      if (chatId === undefined) outbox.pause(Math.max(1, retryAfterSeconds) * 1_000)
      outbox.answer(() => silence.keep(retryAfterSeconds, cool))
    }

    let shop = shopOf(row, publicUrl)
    const currentShop = () => shop
    bot.use(createOncePerUpdate({ database, outbox, metrics, composer, currentShop }))
    return {
      api: bot.api,
      actOutside: createActOutside({ database, bot, outbox, currentShop }),
      handle: (update) => bot.handleUpdate(update),
      speakFor: (newer) => void (shop = shopOf(newer, publicUrl)),
      onFlooded: (retryAfterSeconds) => onFlooded(retryAfterSeconds),
      async close() {
        await outbox.close()
        silence.close()
      },
    }
  }
}

// Longer ones are nobody's name, and would push the consent screen over Telegram's limit.
const MAX_NAME_CHARS = 128

function shopOf({ shopId, id, shop }: ServedBot, publicUrl: string | undefined): ServedShop {
  const page = publicUrl && `${publicUrl.replace(/\/$/, '')}/o/${shop.slug}/privacy`
  return {
    shopId,
    botId: id,
    name: shop.name.slice(0, MAX_NAME_CHARS).toWellFormed(),
    locale: shop.locale,
    supportContact: shop.supportContact ?? undefined,
    privacyUrl: shop.privacyUrl ?? page,
    contractPurposes: shop.contractPurposes,
    purposes: shop.purposes,
    wordings: shop.wordings,
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
