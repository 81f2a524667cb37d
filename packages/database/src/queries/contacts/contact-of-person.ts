import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'

/** Somebody of the shop's book, as far as binding a chat asks. */
export interface LiveContact {
  id: string
  /** Who made it; `start`: the person, by pressing START. */
  origin: 'shop' | 'import' | 'start'
  /** The person proved that the number in the book is theirs. */
  hasVerifiedPhone: boolean
}

const LIVE_CONTACT = sql`id, origin, phone_verified_at is not null as "hasVerifiedPhone"`

/**
 * The contact, or the one it became by a merge; undefined when the person had everything erased. Until the transaction ends
 * nobody else binds, merges or erases it: of several who would, each waits its turn.
 */
export async function findLiveContact(
  db: Database,
  shopId: string,
  contactId: string,
): Promise<LiveContact | undefined> {
  const { rows } = await sql<LiveContact>`
    select ${LIVE_CONTACT} from contacts where shop_id = ${shopId} and merged_into is null and erased_at is null
      and id = (select coalesce(merged_into, id) from contacts where shop_id = ${shopId} and id = ${contactId})
    for no key update`.execute(db)
  return rows[0]
}

/** The one live contact a person's chats with the shop's bots belong to; undefined when there is none, or several. */
export async function findContactOfPerson(
  db: Database,
  shopId: string,
  telegramUserId: number,
): Promise<LiveContact | undefined> {
  const { rows } = await sql<{ id: string }>`
    select distinct contact_id as id from registrations
    where shop_id = ${shopId} and telegram_user_id = ${telegramUserId} limit 2`.execute(db)
  const [row, another] = rows
  return row === undefined || another !== undefined ? undefined : await findLiveContact(db, shopId, row.id)
}

/**
 * The one live contact with this phone (E.164) or mailbox, but for `exceptId`; undefined when there is none. With several
 * nobody knows whose it is, so it is none of them.
 */
export async function findOnlyContact(
  db: Database,
  shopId: string,
  { exceptId = '0', ...known }: ({ phone: string } | { email: string }) & { exceptId?: string | undefined },
): Promise<LiveContact | undefined> {
  const isMeant =
    'phone' in known ? sql`phone = ${known.phone}` : sql`lower(email) = lower(${known.email}::text)`
  const { rows } = await sql<{ id: string }>`
    select id from contacts where shop_id = ${shopId} and ${isMeant} and merged_into is null and erased_at is null
      and id <> ${exceptId} limit 2`.execute(db)
  const [row, another] = rows
  return row === undefined || another !== undefined ? undefined : await findLiveContact(db, shopId, row.id)
}

/** A contact for somebody who pressed START and whom the shop does not know; its external id is made up. */
export async function insertStartContact(db: Database, shopId: string): Promise<LiveContact> {
  const { id } = await db
    .insertInto('contacts')
    .values({
      shop_id: shopId,
      external_id: `tg-${randomBytes(16).toString('base64url')}`,
      origin: 'start',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, origin: 'start', hasVerifiedPhone: false }
}

/** Whether a contact was made by somebody's START, and no chat of another person belongs to it: only then it may be merged. */
export async function isOnlyThisPerson(
  db: Database,
  shopId: string,
  { contactId, telegramUserId }: { contactId: string; telegramUserId: number },
): Promise<boolean> {
  const { rows } = await sql`
    select from contacts where shop_id = ${shopId} and id = ${contactId} and origin = 'start'
      and merged_into is null and erased_at is null and not exists (
        select from registrations where shop_id = ${shopId} and contact_id = ${contactId}
          and telegram_user_id <> ${telegramUserId})`.execute(db)
  return rows.length > 0
}

/**
 * Fills in what the book does not know yet. A mailbox counts as proven only when it is the one in the book: the shop may have
 * learned another one since the mail was sent.
 */
export async function completeContact(
  db: Database,
  shopId: string,
  person: {
    contactId: string
    firstName?: string | undefined
    lastName?: string | undefined
    locale?: string | undefined
    provenEmail?: string | undefined
  },
): Promise<void> {
  const { firstName = null, lastName = null, locale = null, provenEmail = null } = person
  await sql`
    update contacts set
      first_name = coalesce(first_name, ${firstName}),
      last_name = coalesce(last_name, ${lastName}),
      locale = coalesce(locale, ${locale}),
      email = coalesce(email, ${provenEmail}),
      email_verified_at = case when lower(coalesce(email, ${provenEmail})) = lower(${provenEmail}::text)
        then coalesce(email_verified_at, now()) else email_verified_at end,
      updated_at = now()
    where shop_id = ${shopId} and id = ${person.contactId}
      and (first_name is null and ${firstName}::text is not null or last_name is null and ${lastName}::text is not null
        or locale is null and ${locale}::text is not null
        or email_verified_at is null and ${provenEmail}::text is not null)`.execute(db)
}

/** Notes a number (E.164) that the person proved to be theirs; it takes the place of what the shop had in its book. */
export async function recordVerifiedPhone(
  db: Database,
  shopId: string,
  { contactId, phone }: { contactId: string; phone: string },
): Promise<void> {
  await db
    .updateTable('contacts')
    .set((set) => ({ phone, phone_verified_at: set.fn('now'), updated_at: set.fn('now') }))
    .where('shop_id', '=', shopId)
    .where('id', '=', contactId)
    .execute()
}
