import type { Purpose } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import type { UpdateTime } from './registrations.ts'

export interface ChatBinding {
  botId: string
  contactId: string
  chatId: number
  telegramUserId: number
  username?: string
  name?: string
  languageCode?: string
  source: string
  /** What the contact is going to be asked. */
  purposes: readonly string[]
  update: UpdateTime
}

/**
 * Binds a chat to a contact, or opens again the chat that was stopped or blocked. Binding gives no right to send:
 * that is the ledger's. A chat belongs to one contact at a time; the person's own act moves it.
 * Undefined when a newer update has decided about this chat already.
 */
export async function bindChat(
  db: Database,
  shopId: string,
  binding: ChatBinding,
): Promise<{ id: string } | undefined> {
  const { update } = binding
  const { rows } = await sql<{ id: string }>`
    insert into registrations (shop_id, bot_id, contact_id, chat_id, telegram_user_id, telegram_username, telegram_name,
      language_code, status, source, offered_purposes, status_update_at, status_update_id)
    values (${shopId}, ${binding.botId}, ${binding.contactId}, ${binding.chatId}, ${binding.telegramUserId},
      ${binding.username ?? null}, ${binding.name ?? null}, ${binding.languageCode ?? null}, 'active', ${binding.source},
      ${binding.purposes}, to_timestamp(${update.date}), ${update.id})
    on conflict (shop_id, bot_id, chat_id) do update set
      contact_id = excluded.contact_id,
      telegram_username = excluded.telegram_username,
      telegram_name = excluded.telegram_name,
      language_code = excluded.language_code,
      status = 'active',
      -- An open chat came from where it came from, however often START is pressed in it.
      source = case when registrations.status = 'active' and registrations.contact_id = excluded.contact_id
        then registrations.source else excluded.source end,
      -- Another contact was asked other things: those are no business of this one.
      offered_purposes = case when registrations.contact_id = excluded.contact_id
        then array(select distinct unnest(registrations.offered_purposes || excluded.offered_purposes) order by 1)
        else excluded.offered_purposes end,
      status_update_at = excluded.status_update_at,
      status_update_id = excluded.status_update_id,
      status_changed_at = clock_timestamp()
    where (registrations.status_update_at, registrations.status_update_id)
      <= (excluded.status_update_at, excluded.status_update_id)
    returning id`.execute(db)
  return rows[0]
}

export interface FoundRegistration {
  id: string
  contactId: string
  status: 'active' | 'stopped' | 'blocked' | 'revoked'
  offeredPurposes: Purpose[]
  /** Of the contact. */
  locale: string | null
  hasVerifiedPhone: boolean
  grantedPurposes: Purpose[]
  withdrawnPurposes: Purpose[]
}

/** The registration of a chat with a bot, with its contact's consent as the ledger says now. */
export async function findRegistrationByChat(
  db: Database,
  shopId: string,
  chat: { botId: string; chatId: number },
): Promise<FoundRegistration | undefined> {
  const { rows } = await sql<FoundRegistration>`
    select registration.id, registration.contact_id as "contactId", registration.status,
      registration.offered_purposes as "offeredPurposes", contact.locale,
      contact.phone_verified_at is not null as "hasVerifiedPhone", contact.granted_purposes as "grantedPurposes",
      contact.withdrawn_purposes as "withdrawnPurposes"
    from registrations registration
    join contacts contact on contact.shop_id = registration.shop_id and contact.id = registration.contact_id
    where registration.shop_id = ${shopId} and registration.bot_id = ${chat.botId}
      and registration.chat_id = ${chat.chatId}`.execute(db)
  return rows[0]
}

/** Asks the contact of a chat about these purposes, too. */
export async function offerPurposes(
  db: Database,
  shopId: string,
  offer: { registrationId: string; purposes: readonly Purpose[] },
): Promise<void> {
  await sql`
    update registrations set
      offered_purposes = array(select distinct unnest(offered_purposes || ${offer.purposes}::text[]) order by 1)
    where shop_id = ${shopId} and id = ${offer.registrationId}
      and not offered_purposes @> ${offer.purposes}::text[]`.execute(db)
}

/** The chat is one of the shop's own people's: it gets messages in the sandbox, too. */
export async function markTester(db: Database, shopId: string, registrationId: string): Promise<void> {
  await db
    .updateTable('registrations')
    .set({ is_tester: true })
    .where('shop_id', '=', shopId)
    .where('id', '=', registrationId)
    .execute()
}
