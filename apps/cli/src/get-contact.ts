import { findNamedContact, type Database } from '@postino/database'
import { CommandFailure } from './failures/command-failure.ts'
import { getShop } from './get-shop.ts'

/** Whom an external id means now, erased ones included. @throws CommandFailure when the shop has no such contact */
export async function getContact(
  database: Database,
  { shop, externalId }: { shop: string; externalId: string },
): Promise<{ shopId: string; contactId: string }> {
  const { id: shopId } = await getShop(database, shop)
  const contact = await findNamedContact(database, shopId, { externalId })
  if (contact === undefined)
    throw new CommandFailure(`${shop} has no contact ${externalId}: postino contact list shows those it has`)
  return { shopId, contactId: contact.id }
}
