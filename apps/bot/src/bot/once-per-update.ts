import { inTransaction, insertTelegramUpdate, lockPerson, type Database } from '@postino/database'
import type { Composer, MiddlewareFn } from 'grammy'
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
  /** What an update leads to; asked again when its transaction lost against another one, and was undone. */
  composer: Composer<BotContext>
  /** Asked at each update, as shops change their name while their bot is served. */
  currentShop: () => ServedShop
}): MiddlewareFn<BotContext> {
  const { database, outbox, metrics, composer, currentShop } = dependencies
  const take = composer.middleware()
  return async (context) => {
    const shop = currentShop()
    let acts: (() => void)[] = []
    const isFirst = await inTransaction(database, async (transaction) => {
      // What a try that was undone would have said is not said.
      acts = []
      const update = { botId: shop.botId, updateId: context.update.update_id }
      if (!(await insertTelegramUpdate(transaction, shop.shopId, update))) return false
      const { chat } = context
      if (chat?.type === 'private') await lockPerson(transaction, shop.shopId, chat.id)
      context.shop = shop
      context.database = transaction
      context.outbox = outbox
      context.afterCommit = (act) => void acts.push(act)
      await take(context, async () => undefined)
      return true
    })
    metrics.updateTaken(isFirst ? 'handled' : 'repeated')
    for (const act of acts) act()
  }
}
