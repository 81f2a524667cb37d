import {
  listBotsOfShop,
  listServedBots,
  listShops,
  type Bot,
  type Database,
  type SealedSecret,
} from '@postino/database'
import { getShop } from '../get-shop.ts'

export interface KnownBot {
  /** Its shop's slug. */
  shop: string
  bot: Bot
  /** Of a bot that is active; nobody asks Telegram about the others. */
  token: SealedSecret | undefined
}

/** The bots of one shop, or of all. */
export async function listBots(database: Database, slug: string | undefined): Promise<KnownBot[]> {
  const shops = slug === undefined ? await listShops(database) : [await getShop(database, slug)]
  const tokens = new Map((await listServedBots(database)).map(({ id, token }) => [id, token]))
  const bots: KnownBot[] = []
  for (const shop of shops) {
    for (const bot of await listBotsOfShop(database, shop.id)) {
      bots.push({ shop: shop.slug, bot, token: tokens.get(bot.id) })
    }
  }
  return bots
}
