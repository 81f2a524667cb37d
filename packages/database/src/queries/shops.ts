import type { Database } from '../create-database.ts'

export interface Shop {
  id: string
  slug: string
  name: string
  locale: string
  timeZone: string
}

/** The new shop, or undefined when the slug is taken. */
export async function insertShop(
  db: Database,
  shop: {
    slug: string
    name: string
    locale: string
    timeZone: string
    supportContact?: string
    privacyUrl?: string
  },
): Promise<Shop | undefined> {
  return await db
    .insertInto('shops')
    .values({
      slug: shop.slug,
      name: shop.name,
      locale: shop.locale,
      time_zone: shop.timeZone,
      support_contact: shop.supportContact ?? null,
      privacy_url: shop.privacyUrl ?? null,
    })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returning(['id', 'slug', 'name', 'locale', 'time_zone as timeZone'])
    .executeTakeFirst()
}

export async function findShopBySlug(db: Database, slug: string): Promise<Shop | undefined> {
  return await db
    .selectFrom('shops')
    .select(['id', 'slug', 'name', 'locale', 'time_zone as timeZone'])
    .where('slug', '=', slug)
    .executeTakeFirst()
}

export async function listShops(db: Database): Promise<Shop[]> {
  return await db
    .selectFrom('shops')
    .select(['id', 'slug', 'name', 'locale', 'time_zone as timeZone'])
    .orderBy('id')
    .limit(1_000)
    .execute()
}
