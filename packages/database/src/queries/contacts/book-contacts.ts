import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../create-database.ts'

/** A contact with everything the shop's book and the ledger say of it. */
export interface BookContact {
  id: string
  externalId: string
  /** Who made it; `start`: the person, by pressing START. */
  origin: string
  firstName: string | null
  lastName: string | null
  locale: string | null
  timeZone: string | null
  phone: string | null
  /** When the person proved that it is theirs. */
  phoneVerifiedAt: Date | null
  email: string | null
  emailVerifiedAt: Date | null
  birthday: string | null
  attributes: Record<string, unknown>
  grantedPurposes: string[]
  withdrawnPurposes: string[]
  /** Chats that are open. */
  openRegistrations: number
  createdAt: Date
  updatedAt: Date
  removedAt: Date | null
  /** The contact it has become. */
  mergedInto: string | null
  erasedAt: Date | null
}

export interface ContactFilter {
  /** The one the shop calls so, or called so before it was merged into another one. */
  externalId?: string | undefined
  phone?: string | undefined
  email?: string | undefined
  origin?: string | undefined
  /** Members of this group. */
  groupId?: string | undefined
  /** Those who have agreed to it. */
  purpose?: string | undefined
  /** Those with an open chat, or those without. */
  isRegistered?: boolean | undefined
  /** Changed then or later. */
  since?: Date | undefined
  /** Those taken out of the book instead of those in it. */
  isRemoved?: boolean | undefined
  /** Only contacts made before this one. */
  before?: string | undefined
  limit: number
}

const HAS_OPEN_REGISTRATION = sql`exists (select from registrations where shop_id = contact.shop_id
  and contact_id = contact.id and status = 'active')`

/** The book, the youngest first; whoever was merged into somebody else or erased is not in it. */
export async function listBookContacts(
  db: Database,
  shopId: string,
  filter: ContactFilter,
): Promise<BookContact[]> {
  const { externalId, phone, email, origin, groupId, purpose, isRegistered, since, before } = filter
  // Only what is asked for stands in the statement, so that each question finds its index.
  const conditions = [
    filter.isRemoved === true ? sql`contact.removed_at is not null` : sql`contact.removed_at is null`,
    externalId === undefined
      ? undefined
      : sql`contact.id = any (array(select coalesce(merged_into, id) from contacts
          where shop_id = ${shopId} and external_id = ${externalId}))`,
    phone === undefined ? undefined : sql`contact.phone = ${phone}`,
    // Asked for by itself: Postgres takes a mailbox for the one of many, and would look for it page by page.
    email === undefined
      ? undefined
      : sql`contact.id = any (array(select id from contacts where shop_id = ${shopId}
          and lower(email) = lower(${email}::text)))`,
    origin === undefined ? undefined : sql`contact.origin = ${origin}`,
    groupId === undefined
      ? undefined
      : sql`exists (select from group_members where shop_id = contact.shop_id and group_id = ${groupId}
          and contact_id = contact.id and left_at is null)`,
    purpose === undefined ? undefined : sql`${purpose}::text = any (contact.granted_purposes)`,
    isRegistered === undefined
      ? undefined
      : isRegistered
        ? HAS_OPEN_REGISTRATION
        : sql`not ${HAS_OPEN_REGISTRATION}`,
    since === undefined ? undefined : sql`contact.updated_at >= ${since}`,
    before === undefined ? undefined : sql`contact.id < ${before}`,
  ].filter((condition) => condition !== undefined)
  const inBook = sql`contact.merged_into is null and contact.erased_at is null`
  return (await selectContacts(shopId, [inBook, ...conditions], filter.limit).execute(db)).rows
}

/** Also of a contact that was merged or erased, of which little is left. */
export async function findBookContact(
  db: Database,
  shopId: string,
  contactId: string,
): Promise<BookContact | undefined> {
  const { rows } = await selectContacts(shopId, [sql`contact.id = ${contactId}`], 1).execute(db)
  return rows[0]
}

function selectContacts(shopId: string, conditions: RawBuilder<unknown>[], limit: number) {
  return sql<BookContact>`
    select contact.id, contact.external_id as "externalId", contact.origin, contact.first_name as "firstName",
      contact.last_name as "lastName", contact.locale, contact.time_zone as "timeZone", contact.phone,
      contact.phone_verified_at as "phoneVerifiedAt", contact.email, contact.email_verified_at as "emailVerifiedAt",
      contact.birthday, contact.attributes, contact.granted_purposes as "grantedPurposes",
      contact.withdrawn_purposes as "withdrawnPurposes", contact.created_at as "createdAt",
      contact.updated_at as "updatedAt", contact.removed_at as "removedAt", contact.merged_into as "mergedInto",
      contact.erased_at as "erasedAt", (select count(*)::int from registrations where shop_id = contact.shop_id
        and contact_id = contact.id and status = 'active') as "openRegistrations"
    from contacts contact
    where ${sql.join([sql`contact.shop_id = ${shopId}`, ...conditions], sql` and `)}
    order by contact.id desc limit ${limit}`
}
