import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import type { ContactExport } from './contact-export.ts'
import { exportEvents } from './export-events.ts'
import { exportMessages } from './export-messages.ts'
import { exportProfile } from './export-profile.ts'
import { listFamily } from './family.ts'

/**
 * Everything a shop has about a person, under all contacts they were merged from; undefined when there is no such contact. One
 * moment of it all, however long it takes. Of messages and of events at most the youngest 10,000 of each, with the count of
 * all. Looks through all events of the shop that still have their data.
 */
export async function exportContact(
  db: Database,
  shopId: string,
  contactId: string,
): Promise<ContactExport | undefined> {
  const work = (trx: Database) => exportFamily(trx, shopId, contactId)
  return db.isTransaction
    ? await work(db)
    : await db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work)
}

async function exportFamily(
  trx: Database,
  shopId: string,
  contactId: string,
): Promise<ContactExport | undefined> {
  const family = await listFamily(trx, shopId, contactId)
  if (family.length === 0) return undefined
  const people = {
    contactIds: family.map(({ id }) => id),
    externalIds: family.map(({ externalId }) => externalId),
  }
  const { contacts, ...profile } = await exportProfile(trx, shopId, people.contactIds)
  const live = family.find(({ mergedInto }) => mergedInto === null)
  const contact = contacts.find(({ id }) => id === live?.id)
  if (contact === undefined) throw new Error(`contact ${contactId} was merged into none`)
  const chatIds = profile.registrations.map((registration) => registration.chat_id)
  return {
    format: 'postino.contact-export.1',
    exported_at: new Date().toISOString(),
    shop: await findShop(trx, shopId),
    contact,
    former_contacts: contacts.filter((each) => each !== contact),
    ...profile,
    messages: await exportMessages(trx, shopId, { ...people, chatIds }),
    events: await exportEvents(trx, shopId, people.externalIds),
  }
}

async function findShop(trx: Database, shopId: string): Promise<ContactExport['shop']> {
  const { rows } = await sql<ContactExport['shop']>`
    select name, slug, support_contact, privacy_url from shops where id = ${shopId}`.execute(trx)
  const [shop] = rows
  if (shop === undefined) throw new Error(`there is no shop ${shopId}`)
  return shop
}
