import { insertTelegramUpdate, type Database } from '@postino/database'
import type { MiddlewareFn } from 'grammy'
import type { BotContext, ServedShop } from './bot-context.ts'

/** Gives each update its transaction, and lets it take effect once however often Telegram delivers it. */
export function createOncePerUpdate(database: Database, shop: ServedShop): MiddlewareFn<BotContext> {
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
    for (const say of sayings) await say()
  }
}
