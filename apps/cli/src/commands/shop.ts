import {
  findShopBySlug,
  insertShop,
  insertStarterTemplates,
  listShops,
  type Database,
  type Shop,
} from '@postino/database'
import { defaultTemplates } from '@postino/templates'
import { CommandFailure } from '../command-failure.ts'

export async function listShopLines(database: Database): Promise<string[]> {
  return (await listShops(database)).map(
    (shop) => `${shop.slug}  ${shop.name}  ${shop.locale}  ${shop.timeZone}`,
  )
}

export interface NewShop {
  slug: string
  name: string
  locale: string
  timeZone: string
  supportContact?: string
  privacyUrl?: string
}

/** Makes a shop with its starter texts, published, so that its first event has something to say. */
export async function createShop(database: Database, shop: NewShop): Promise<Shop> {
  return await database.transaction().execute(async (transaction) => {
    const created = await insertShop(transaction, shop)
    if (created === undefined) throw new CommandFailure(`a shop with the slug ${shop.slug} is there already`)
    await insertStarterTemplates(transaction, created.id, defaultTemplates)
    return created
  })
}

export async function getShop(database: Database, slug: string): Promise<Shop> {
  const shop = await findShopBySlug(database, slug)
  if (shop === undefined) throw new CommandFailure(`no shop has the slug ${slug}; see: postino shop list`)
  return shop
}
