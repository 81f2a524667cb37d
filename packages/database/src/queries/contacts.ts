import { sql } from 'kysely'
import type { Database } from '../create-database.ts'

export interface ContactFields {
  externalId: string
  firstName?: string
  lastName?: string
  locale?: string
  timeZone?: string
  phone?: string
  email?: string
}

/** Adds a contact, or completes the one with this external id: what is not given stays as it was. */
export async function upsertContact(
  db: Database,
  shopId: string,
  contact: ContactFields,
): Promise<{ id: string }> {
  const { rows } = await sql<{ id: string }>`
    insert into contacts (shop_id, external_id, first_name, last_name, locale, time_zone, phone, email)
    values (${shopId}, ${contact.externalId}, ${contact.firstName ?? null}, ${contact.lastName ?? null},
      ${contact.locale ?? null}, ${contact.timeZone ?? null}, ${contact.phone ?? null}, ${contact.email ?? null})
    on conflict (shop_id, external_id) do update set
      first_name = coalesce(excluded.first_name, contacts.first_name),
      last_name = coalesce(excluded.last_name, contacts.last_name),
      locale = coalesce(excluded.locale, contacts.locale),
      time_zone = coalesce(excluded.time_zone, contacts.time_zone),
      phone = coalesce(excluded.phone, contacts.phone),
      email = coalesce(excluded.email, contacts.email),
      updated_at = now()
    returning id`.execute(db)
  const [row] = rows
  if (row === undefined) throw new Error('a contact was neither inserted nor updated')
  return row
}

export async function findContact(
  db: Database,
  shopId: string,
  externalId: string,
): Promise<{ id: string; locale: string | null } | undefined> {
  return await db
    .selectFrom('contacts')
    .select(['id', 'locale'])
    .where('shop_id', '=', shopId)
    .where('external_id', '=', externalId)
    .executeTakeFirst()
}
