import { mayRestOnContract, type AttachmentPolicy, type Purpose, type QuietHours } from '@postino/domain'
import type { Database } from '../../create-database.ts'

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
    /** Without them it sends at any hour. */
    quietHours?: QuietHours
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
      quiet_hours: shop.quietHours === undefined ? null : JSON.stringify(shop.quietHours),
    })
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .returning(['id', 'slug', 'name', 'locale', 'time_zone as timeZone'])
    .executeTakeFirst()
}

/** How a shop sends, and to whom. What is undefined falls back to the default; what is absent stays as it is. */
export interface ShopChange {
  /** For Stars; undefined: not more than is free. */
  paidMessagesPerSecond?: number | undefined
  attachmentPolicy?: AttachmentPolicy | undefined
  /** In the sandbox only testers are written to. */
  mode?: 'sandbox' | 'live'
  /** Undefined: any number. */
  maxRegistrations?: number | undefined
  /** What rests on the contract with the customer instead of on consent; marketing never does. */
  contractPurposes?: readonly Purpose[]
  /** On each recipient's own clock; undefined: none. */
  quietHours?: QuietHours | undefined
  /** The order states it tells its customers; undefined: all. */
  managedOrderStates?: readonly string[] | undefined
}

export async function changeShop(db: Database, shopId: string, change: ShopChange): Promise<void> {
  if (Object.keys(change).length === 0) return
  const { paidMessagesPerSecond, attachmentPolicy, mode, maxRegistrations, contractPurposes } = change
  const { quietHours, managedOrderStates } = change
  await db
    .updateTable('shops')
    .set({
      ...('paidMessagesPerSecond' in change && { paid_messages_per_second: paidMessagesPerSecond ?? null }),
      ...('attachmentPolicy' in change && {
        attachment_policy: attachmentPolicy === undefined ? null : JSON.stringify(attachmentPolicy),
      }),
      ...(mode !== undefined && { mode }),
      ...('maxRegistrations' in change && { max_registrations: maxRegistrations ?? null }),
      ...(contractPurposes !== undefined && {
        contract_purposes: contractPurposes.filter((purpose) => mayRestOnContract(purpose)),
      }),
      ...('quietHours' in change && {
        quiet_hours: quietHours === undefined ? null : JSON.stringify(quietHours),
      }),
      ...('managedOrderStates' in change && {
        managed_order_states: managedOrderStates === undefined ? null : [...new Set(managedOrderStates)],
      }),
    })
    .where('id', '=', shopId)
    .execute()
  if (paidMessagesPerSecond === undefined) return
  // Whoever asks for it anew has mended what Telegram refused it for: it is tried at once.
  await db.updateTable('bots').set({ paid_refused_until: null }).where('shop_id', '=', shopId).execute()
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
