import { sql } from 'kysely'
import type { Database } from '../create-database.ts'

/**
 * Ends a registration and, in the same transaction, everything of it that waits in the queue.
 * Undefined when there was no such registration in another status.
 */
export async function closeRegistration(
  db: Database,
  shopId: string,
  target: { registrationId: string; status: 'stopped' | 'blocked' | 'revoked'; reason: string },
): Promise<{ suppressed: number } | undefined> {
  const { rows } = await sql<{ suppressed: number }>`
    with closed as (
      update registrations set status = ${target.status}, status_changed_at = clock_timestamp()
      where shop_id = ${shopId} and id = ${target.registrationId} and status = 'active'
      returning shop_id, id, bot_id, chat_id
    ), suppressed as (
      update messages message set status = 'suppressed', reason = ${target.reason}, ended_at = clock_timestamp()
      from closed
      where message.bot_id = closed.bot_id and message.chat_id = closed.chat_id and message.status = 'queued'
        and message.registration_id = closed.id and message.shop_id = closed.shop_id
      returning message.id
    )
    select (select count(*)::int from suppressed) as suppressed from closed`.execute(db)
  return rows[0]
}

/** A group became a supergroup: its registration and all that waits for it move to the new chat id. */
export async function moveChat(
  db: Database,
  shopId: string,
  move: { registrationId: string; chatId: string },
): Promise<void> {
  await sql`
    with moved as (
      update registrations set chat_id = ${move.chatId}
      where shop_id = ${shopId} and id = ${move.registrationId}
      returning shop_id, id
    )
    update messages message set chat_id = ${move.chatId} from moved
    where message.shop_id = moved.shop_id and message.registration_id = moved.id
      and message.status in ('accepted', 'queued', 'sending', 'unknown')`.execute(db)
}

/** Telegram asked for silence in one chat; a longer wait that is known already stays. */
export async function coolChat(
  db: Database,
  shopId: string,
  wait: { registrationId: string; retryAfterSeconds: number },
): Promise<void> {
  await sql`
    update registrations set
      cooling_until = greatest(cooling_until, clock_timestamp() + ${wait.retryAfterSeconds} * interval '1 second')
    where shop_id = ${shopId} and id = ${wait.registrationId}`.execute(db)
}

export interface BoundRegistration {
  id: string
  contactId: string
  /** False when the chat was active for this contact before. */
  isNew: boolean
}

/**
 * Binds a chat to a contact, or opens again the chat that was stopped or blocked. Binding gives no right to send:
 * that is the ledger's. A chat belongs to one contact at a time; the person's own act moves it.
 */
export async function bindChat(
  db: Database,
  shopId: string,
  binding: {
    botId: string
    contactId: string
    chatId: number
    telegramUserId: number
    username?: string
    name?: string
    languageCode?: string
    source: string
  },
): Promise<BoundRegistration> {
  const { rows } = await sql<BoundRegistration>`
    with before as (
      select status, contact_id from registrations
      where shop_id = ${shopId} and bot_id = ${binding.botId} and chat_id = ${binding.chatId}
    )
    insert into registrations (shop_id, bot_id, contact_id, chat_id, telegram_user_id, telegram_username, telegram_name,
      language_code, status, source)
    values (${shopId}, ${binding.botId}, ${binding.contactId}, ${binding.chatId}, ${binding.telegramUserId},
      ${binding.username ?? null}, ${binding.name ?? null}, ${binding.languageCode ?? null}, 'active', ${binding.source})
    on conflict (shop_id, bot_id, chat_id) do update set
      contact_id = excluded.contact_id, telegram_username = excluded.telegram_username,
      telegram_name = excluded.telegram_name, language_code = excluded.language_code, status = 'active',
      source = case when registrations.status = 'active' then registrations.source else excluded.source end,
      status_changed_at = case when registrations.status = 'active' and registrations.contact_id = excluded.contact_id
        then registrations.status_changed_at else clock_timestamp() end
    returning id, contact_id as "contactId", not exists (
      select from before where before.status = 'active' and before.contact_id = ${binding.contactId}) as "isNew"`.execute(
    db,
  )
  const [row] = rows
  if (row === undefined) throw new Error('a registration was neither inserted nor updated')
  return row
}

export interface FoundRegistration {
  id: string
  contactId: string
  status: 'active' | 'stopped' | 'blocked' | 'revoked'
  externalId: string
  locale: string | null
  grantedPurposes: string[]
  withdrawnPurposes: string[]
}

/** The registration of a chat with a bot, with its contact's consent as the ledger says now. */
export async function findRegistrationByChat(
  db: Database,
  shopId: string,
  chat: { botId: string; chatId: number },
): Promise<FoundRegistration | undefined> {
  const { rows } = await sql<FoundRegistration>`
    select registration.id, registration.contact_id as "contactId", registration.status,
      contact.external_id as "externalId", contact.locale, contact.granted_purposes as "grantedPurposes",
      contact.withdrawn_purposes as "withdrawnPurposes"
    from registrations registration
    join contacts contact on contact.shop_id = registration.shop_id and contact.id = registration.contact_id
    where registration.shop_id = ${shopId} and registration.bot_id = ${chat.botId}
      and registration.chat_id = ${chat.chatId}`.execute(db)
  return rows[0]
}
