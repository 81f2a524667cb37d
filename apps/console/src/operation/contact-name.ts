import { lockNamedContact, type ContactName, type Database, type NamedContact } from '@postino/database'
import { contactInputSchema } from '@postino/domain'
import { invalidBody } from '@postino/http'
import { gone } from '../routes/contacts/gone.ts'
import { rowIdSchema } from './row-id.ts'

/** How a body names a contact; one of the two. */
export const contactNameShape = {
  contact_id: rowIdSchema.meta({ description: 'Postino’s id of the contact' }).optional(),
  external_id: contactInputSchema.shape.external_id
    .meta({ description: 'How the shop calls the contact' })
    .optional(),
}

export interface NameFields {
  contact_id?: string | undefined
  external_id?: string | undefined
}

/** The name in a body; undefined when it names nobody. */
export function contactNameOf({
  contact_id: id,
  external_id: externalId,
}: NameFields): ContactName | undefined {
  if (id !== undefined && externalId !== undefined) {
    throw invalidBody([
      {
        pointer: '/external_id',
        code: 'two_names',
        detail: 'Name the contact by contact_id or by external_id, not by both.',
      },
    ])
  }
  if (id !== undefined) return { id }
  return externalId === undefined ? undefined : { externalId }
}

/**
 * The live contact a body names; until the transaction ends nobody adds to its ledger, merges or erases it. Ends with a problem
 * when there is none, or it was erased.
 */
export async function lockContact(trx: Database, shopId: string, name: ContactName): Promise<NamedContact> {
  return refuseNobody(name, await lockNamedContact(trx, shopId, name))
}

/** The same for what needs one. */
export async function getContactToChange(
  trx: Database,
  shopId: string,
  fields: NameFields,
): Promise<NamedContact> {
  const name = contactNameOf(fields)
  if (name !== undefined) return await lockContact(trx, shopId, name)
  const detail = 'external_id is missing: name the contact by it, or by contact_id.'
  throw invalidBody([{ pointer: '/external_id', code: 'required', detail }])
}

function refuseNobody(name: ContactName, contact: NamedContact | undefined): NamedContact {
  if (contact === undefined) {
    const field = 'id' in name ? 'contact_id' : 'external_id'
    const detail = `${field} names no contact of this shop: add it first, by POST /v1/contacts.`
    throw invalidBody([{ pointer: `/${field}`, code: 'unknown_contact', detail }])
  }
  if (contact.isErased) throw gone(null)
  return contact
}
