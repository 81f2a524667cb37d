import type { Purpose } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import type { BotReplacement } from './bot-replacements.ts'

/** Somebody whose chat with the old bot is open. */
export interface PersonToInvite {
  registrationId: string
  contactId: string
  /** The contact's external id. */
  recipient: string
  chatId: string
  /** What the contact was asked in that chat, and will be asked in the new one. */
  offeredPurposes: Purpose[]
  /** Best first. */
  locales: (string | null)[]
  /** The person's chat with the new bot is open already. */
  hasMoved: boolean
  standing: {
    granted: Purpose[]
    withdrawn: Purpose[]
    contractPurposes: Purpose[]
    isOutsideSandbox: boolean
    isOverQuota: boolean
  }
}

/** The next ones behind the registration `after`. Groups are left out: the shop adds the new bot to them by hand. */
export async function listPeopleToInvite(
  db: Database,
  { shopId, oldBotId, newBotId }: BotReplacement,
  { after, limit }: { after: string; limit: number },
): Promise<PersonToInvite[]> {
  const { rows } = await sql<PersonToInvite>`
    select registration.id as "registrationId", contact.id as "contactId", contact.external_id as recipient,
      registration.chat_id as "chatId", registration.offered_purposes as "offeredPurposes",
      jsonb_build_array(contact.locale, registration.language_code, shop.locale) as locales,
      exists (select from registrations other where other.shop_id = registration.shop_id and other.bot_id = ${newBotId}
        and other.telegram_user_id = registration.telegram_user_id and other.status = 'active') as "hasMoved",
      jsonb_build_object('granted', to_jsonb(contact.granted_purposes), 'withdrawn', to_jsonb(contact.withdrawn_purposes),
        'contractPurposes', to_jsonb(shop.contract_purposes),
        'isOutsideSandbox', shop.mode = 'sandbox' and not registration.is_tester,
        'isOverQuota', registration.is_over_quota) as standing
    from registrations registration
    join contacts contact on contact.shop_id = registration.shop_id and contact.id = registration.contact_id
    join shops shop on shop.id = registration.shop_id
    where registration.shop_id = ${shopId} and registration.bot_id = ${oldBotId} and registration.id > ${after}
      and registration.status = 'active' and registration.chat_id > 0
    order by registration.id limit ${limit}`.execute(db)
  return rows
}
