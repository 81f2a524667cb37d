import { insertTelegramUpdate, type Database } from '@postino/database'
import type { Logger } from '@postino/runtime'
import type { MiddlewareFn } from 'grammy'
import type { BotContext, ServedShop } from './bot-context.ts'

/**
 * Gives each update its transaction, and lets it take effect once however often Telegram delivers it. What could not be
 * said is logged and not repeated: the effect stands, and the person can ask again.
 */
export function createOncePerUpdate(
  database: Database,
  logger: Logger,
  shop: ServedShop,
): MiddlewareFn<BotContext> {
  return async (context, next) => {
    const sayings: (() => Promise<unknown>)[] = []
    await database.transaction().execute(async (transaction) => {
      const update = { botId: shop.botId, updateId: context.update.update_id }
      const isFirst = await insertTelegramUpdate(transaction, shop.shopId, update)
      if (!isFirst) return
      context.shop = shop
      context.database = transaction
      context.afterCommit = (say) => void sayings.push(say)
      await next()
    })
    for (const say of sayings) {
      try {
        await say()
      } catch (error) {
        logger.warn({ err: error, shop: shop.shopId, bot: shop.botId }, 'bot.reply_failed')
      }
    }
  }
}
