import type { Database } from '../../create-database.ts'
import { saveContact } from './save-contact.ts'

export interface ContactFields {
  externalId: string
  firstName?: string
  lastName?: string
  locale?: string
  timeZone?: string
  phone?: string
  email?: string
}

/** `saveContact` in the words of programs: what is not given stays as it was. */
export async function upsertContact(
  db: Database,
  shopId: string,
  { externalId, firstName, lastName, timeZone, ...fields }: ContactFields,
): Promise<{ id: string }> {
  const name = { first: firstName, last: lastName }
  const { id } = await saveContact(db, shopId, {
    external_id: externalId,
    name,
    time_zone: timeZone,
    ...fields,
  })
  return { id }
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
