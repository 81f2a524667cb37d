import { insertTelegramUpdate, lockPerson, type Database } from '@postino/database'
import type { MiddlewareFn } from 'grammy'
import type { BotMetrics } from '../metrics.ts'
import type { BotContext, ServedShop } from './bot-context.ts'
import type { Outbox } from './outbox.ts'

/**
 * Gives each update its transaction, and lets it take effect once however often Telegram delivers it. When the effect is
 * kept and the answer is lost, nothing is repeated: the person can ask again.
 */
export function createOncePerUpdate(dependencies: {
  database: Database
  outbox: Outbox
  metrics: BotMetrics
  /** Asked at each update, as shops change their name while their bot is served. */
  currentShop: () => ServedShop
}): MiddlewareFn<BotContext> {
  const { database, outbox, metrics, currentShop } = dependencies
  return async (context, next) => {
    const shop = currentShop()
    const acts: (() => void)[] = []
    const isFirst = await database.transaction().execute(async (transaction) => {
      const update = { botId: shop.botId, updateId: context.update.update_id }
      if (!(await insertTelegramUpdate(transaction, shop.shopId, update))) return false
      const { chat } = context
      if (chat?.type === 'private') await lockPerson(transaction, shop.shopId, chat.id)
      context.shop = shop
      context.database = transaction
      context.outbox = outbox
      context.afterCommit = (act) => void acts.push(act)
      await next()
      return true
    })
    metrics.updateTaken(isFirst ? 'handled' : 'repeated')
    for (const act of acts) act()
  }
}
