import type { RegistrationToImport } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { findContactOfPerson, insertStartContact } from '../contacts/contact-of-person.ts'
import type { Known } from './load-known.ts'

type FoundContact = { status: 'found'; id: string } | { status: 'refused'; code: string; message: string }

/**
 * The contact a chat is for: the one it is bound to, the one the line names, the one the person has with another bot of
 * the shop, or a new one. Somebody of whom the shop has no id pressed START to have that chat, and is kept as such.
 */
export async function contactForImport(
  trx: Database,
  shopId: string,
  { registration, known }: { registration: RegistrationToImport; known: Known },
): Promise<FoundContact> {
  const { externalId, chatId } = registration
  const boundTo = known.registrations.get(chatId)?.contactId
  if (externalId === undefined) {
    if (boundTo !== undefined) return { status: 'found', id: boundTo }
    const person = await findContactOfPerson(trx, shopId, Number(chatId))
    return { status: 'found', id: person?.id ?? (await addPerson(trx, shopId, { registration, known })) }
  }
  const named = known.contacts.get(externalId)
  if (named?.isErased === true) {
    const message = 'the contact had everything erased, and no import brings it back'
    return { status: 'refused', code: 'contact_erased', message }
  }
  if (boundTo !== undefined && named?.id !== boundTo) {
    const wayOut = 'only its person can change that, or a merge of the two'
    return {
      status: 'refused',
      code: 'other_contact',
      message: `the chat belongs to another contact: ${wayOut}`,
    }
  }
  if (named !== undefined) return { status: 'found', id: named.id }
  const { id, isNew } = await addNamed(trx, shopId, { ...registration, externalId })
  if (isNew) known.silent.add(id)
  known.contacts.set(externalId, { id, isErased: false })
  return { status: 'found', id }
}

async function addNamed(
  trx: Database,
  shopId: string,
  { externalId, name, locale }: RegistrationToImport & { externalId: string },
): Promise<{ id: string; isNew: boolean }> {
  // Somebody else may have added it since: then it is that one.
  const { rows } = await sql<{ id: string; isNew: boolean }>`
    insert into contacts (shop_id, external_id, first_name, locale, origin)
    values (${shopId}, ${externalId}, ${name ?? null}, ${locale ?? null}, 'import')
    on conflict (shop_id, external_id) do update set updated_at = contacts.updated_at
    returning id, old.id is null as "isNew"`.execute(trx)
  const [added] = rows
  if (added === undefined) throw new Error('a contact was neither inserted nor found')
  return added
}

async function addPerson(
  trx: Database,
  shopId: string,
  { registration, known }: { registration: RegistrationToImport; known: Known },
): Promise<string> {
  const { name = null, locale = null } = registration
  const { id } = await insertStartContact(trx, shopId)
  if (name !== null || locale !== null) {
    await sql`
      update contacts set first_name = ${name}, locale = ${locale} where shop_id = ${shopId} and id = ${id}`.execute(
      trx,
    )
  }
  known.silent.add(id)
  return id
}
