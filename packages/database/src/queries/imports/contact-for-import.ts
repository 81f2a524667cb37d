import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { findContactOfPerson, insertStartContact } from '../contact-of-person.ts'
import type { RegistrationToImport } from './import-registration.ts'

type FoundContact = { status: 'found'; id: string } | { status: 'refused'; code: string; message: string }

/**
 * The contact a chat is for: the one it is bound to, the one the line names, the one the person has with another bot of
 * the shop, or a new one. Somebody of whom the shop has no id pressed START to have that chat, and is kept as such.
 */
export async function contactForImport(
  trx: Database,
  shopId: string,
  { registration, contactId }: { registration: RegistrationToImport; contactId: string | undefined },
): Promise<FoundContact> {
  const { externalId, chatId } = registration
  if (externalId === undefined) {
    if (contactId !== undefined) return { status: 'found', id: contactId }
    const known = await findContactOfPerson(trx, shopId, Number(chatId))
    return { status: 'found', id: known?.id ?? (await addPerson(trx, shopId, registration)) }
  }
  const named = await findNamed(trx, shopId, externalId)
  if (named?.isErased === true) {
    return {
      status: 'refused',
      code: 'contact_erased',
      message: 'the contact had everything erased, and no import brings it back',
    }
  }
  if (contactId !== undefined && named?.id !== contactId) {
    return {
      status: 'refused',
      code: 'other_contact',
      message: 'the chat belongs to another contact: only its person can change that, or a merge of the two',
    }
  }
  return { status: 'found', id: named?.id ?? (await addNamed(trx, shopId, { ...registration, externalId })) }
}

/** Also by the id it had before it became one with another. */
async function findNamed(
  trx: Database,
  shopId: string,
  externalId: string,
): Promise<{ id: string; isErased: boolean } | undefined> {
  const { rows } = await sql<{ id: string; isErased: boolean }>`
    select contact.id, contact.erased_at is not null as "isErased"
    from contacts named
    join contacts contact on contact.shop_id = named.shop_id and contact.id = coalesce(named.merged_into, named.id)
    where named.shop_id = ${shopId} and named.external_id = ${externalId}`.execute(trx)
  return rows[0]
}

async function addNamed(
  trx: Database,
  shopId: string,
  { externalId, name, locale }: RegistrationToImport & { externalId: string },
): Promise<string> {
  // Somebody else may have added it since: then it is that one.
  const { rows } = await sql<{ id: string }>`
    insert into contacts (shop_id, external_id, first_name, locale, origin)
    values (${shopId}, ${externalId}, ${name ?? null}, ${locale ?? null}, 'import')
    on conflict (shop_id, external_id) do update set updated_at = contacts.updated_at
    returning id`.execute(trx)
  const [added] = rows
  if (added === undefined) throw new Error('a contact was neither inserted nor found')
  return added.id
}

async function addPerson(
  trx: Database,
  shopId: string,
  { name, locale }: RegistrationToImport,
): Promise<string> {
  const { id } = await insertStartContact(trx, shopId)
  await sql`
    update contacts set first_name = ${name ?? null}, locale = ${locale ?? null}
    where shop_id = ${shopId} and id = ${id}`.execute(trx)
  return id
}
