import { findShopBySlug, type Database, type Shop } from '@postino/database'
import { CommandFailure } from './failures/command-failure.ts'

/** @throws CommandFailure when there is none */
export async function getShop(database: Database, slug: string): Promise<Shop> {
  const shop = await findShopBySlug(database, slug)
  if (shop === undefined) throw new CommandFailure(`there is no shop ${slug}: see postino shop list`)
  return shop
}
