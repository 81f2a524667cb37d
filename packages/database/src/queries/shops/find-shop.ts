import type { QuietHours } from '@postino/domain'
import type { Database } from '../../create-database.ts'

export interface ShopAsItIs {
  slug: string
  name: string
  locale: string
  timeZone: string
  supportContact: string | null
  privacyUrl: string | null
  /** In the sandbox only testers are written to. */
  mode: string
  /** Purposes that rest on the contract with the customer. */
  contractPurposes: string[]
  /** Order states that are told; null: all. */
  managedOrderStates: string[] | null
  /** As it was stored, to be checked; null: the default. */
  attachmentPolicy: unknown
  /** On each recipient's own clock; null: none. */
  quietHours: QuietHours | null
  createdAt: Date
}

export async function findShop(db: Database, shopId: string): Promise<ShopAsItIs | undefined> {
  return await db
    .selectFrom('shops')
    .select([
      'slug',
      'name',
      'locale',
      'time_zone as timeZone',
      'support_contact as supportContact',
      'privacy_url as privacyUrl',
      'mode',
      'contract_purposes as contractPurposes',
      'managed_order_states as managedOrderStates',
      'attachment_policy as attachmentPolicy',
      'created_at as createdAt',
    ])
    // A constraint keeps their form.
    .select((shop) => shop.ref('quiet_hours').$castTo<QuietHours | null>().as('quietHours'))
    .where('id', '=', shopId)
    .executeTakeFirst()
}
