import { findNamedContact, type Database, type NamedContact } from '@postino/database'
import { CommandFailure } from './failures/command-failure.ts'

/** Whom an external id means now. @throws CommandFailure when it is nobody, or nobody any more */
export async function getLiveContact(
  database: Database,
  shopId: string,
  externalId: string,
): Promise<NamedContact> {
  const contact = await findNamedContact(database, shopId, { externalId })
  if (contact === undefined)
    throw new CommandFailure(`the shop has no contact ${externalId}: postino contact add`)
  if (contact.isErased) throw new CommandFailure(`${externalId} was erased: nothing is kept of them`)
  return contact
}
