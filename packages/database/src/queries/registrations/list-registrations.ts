import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../create-database.ts'

/** A contact's chat with one of the shop's bots, for the shop's people to look at. */
export interface ListedRegistration {
  id: string
  status: string
  botId: string
  botUsername: string
  contactId: string
  externalId: string
  firstName: string | null
  lastName: string | null
  chatId: string
  telegramUserId: string
  telegramUsername: string | null
  telegramName: string | null
  languageCode: string | null
  source: string
  offeredPurposes: string[]
  /** Of the contact, as the ledger says now. */
  grantedPurposes: string[]
  isTester: boolean
  isOverQuota: boolean
  createdAt: Date
  statusChangedAt: Date
}

export interface RegistrationFilter {
  status?: string | undefined
  botId?: string | undefined
  contactId?: string | undefined
  /** Of the contact the shop calls so, or called so before it was merged into another one. */
  externalId?: string | undefined
  /** Of members of this group. */
  groupId?: string | undefined
  /** Of contacts who have agreed to it. */
  purpose?: string | undefined
  source?: string | undefined
  isTester?: boolean | undefined
  isOverQuota?: boolean | undefined
  /** Opened or closed then or later. */
  since?: Date | undefined
  /** Only those made before this one. */
  before?: string | undefined
  limit: number
}

/** The youngest first; also those of contacts that were taken out of the book. */
export async function listRegistrations(
  db: Database,
  shopId: string,
  filter: RegistrationFilter,
): Promise<ListedRegistration[]> {
  const { status, botId, contactId, externalId, groupId, purpose, source } = filter
  const { isTester, isOverQuota, since, before } = filter
  // Only what is asked for stands in the statement, so that each question finds its index.
  const conditions = [
    status === undefined ? undefined : sql`registration.status = ${status}`,
    botId === undefined ? undefined : sql`registration.bot_id = ${botId}`,
    contactId === undefined ? undefined : sql`registration.contact_id = ${contactId}`,
    externalId === undefined
      ? undefined
      : sql`registration.contact_id = any (array(select coalesce(merged_into, id) from contacts
          where shop_id = ${shopId} and external_id = ${externalId}))`,
    groupId === undefined
      ? undefined
      : sql`exists (select from group_members where shop_id = registration.shop_id and group_id = ${groupId}
          and contact_id = registration.contact_id and left_at is null)`,
    purpose === undefined ? undefined : sql`${purpose}::text = any (contact.granted_purposes)`,
    source === undefined ? undefined : sql`registration.source = ${source}`,
    isTester === undefined ? undefined : sql`registration.is_tester = ${isTester}`,
    isOverQuota === undefined ? undefined : sql`registration.is_over_quota = ${isOverQuota}`,
    since === undefined ? undefined : sql`registration.status_changed_at >= ${since}`,
    before === undefined ? undefined : sql`registration.id < ${before}`,
  ].filter((condition) => condition !== undefined)
  return (await selectRegistrations(shopId, conditions, filter.limit).execute(db)).rows
}

export async function findRegistration(
  db: Database,
  shopId: string,
  registrationId: string,
): Promise<ListedRegistration | undefined> {
  const { rows } = await selectRegistrations(shopId, [sql`registration.id = ${registrationId}`], 1).execute(
    db,
  )
  return rows[0]
}

function selectRegistrations(shopId: string, conditions: RawBuilder<unknown>[], limit: number) {
  return sql<ListedRegistration>`
    select registration.id, registration.status, registration.bot_id as "botId", bot.username as "botUsername",
      registration.contact_id as "contactId", contact.external_id as "externalId", contact.first_name as "firstName",
      contact.last_name as "lastName", registration.chat_id as "chatId",
      registration.telegram_user_id as "telegramUserId", registration.telegram_username as "telegramUsername",
      registration.telegram_name as "telegramName", registration.language_code as "languageCode", registration.source,
      registration.offered_purposes as "offeredPurposes", contact.granted_purposes as "grantedPurposes",
      registration.is_tester as "isTester", registration.is_over_quota as "isOverQuota",
      registration.created_at as "createdAt", registration.status_changed_at as "statusChangedAt"
    from registrations registration
    join contacts contact on contact.shop_id = registration.shop_id and contact.id = registration.contact_id
    join bots bot on bot.shop_id = registration.shop_id and bot.id = registration.bot_id
    where ${sql.join([sql`registration.shop_id = ${shopId}`, ...conditions], sql` and `)}
    order by registration.id desc limit ${limit}`
}
