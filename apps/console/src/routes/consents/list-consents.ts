import { findNamedContact, listConsents, type Database } from '@postino/database'
import { invalidParameter, notFound, pageOf } from '@postino/http'
import { operation } from '../../operation/operation.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { entryListSchema, entryQuerySchema, showEntry } from './entry-schema.ts'

export function createListConsents({ ask }: RouteDependencies) {
  return operation({
    method: 'GET',
    path: '/v1/consents',
    operationId: 'listConsents',
    tag: 'Consents',
    summary: 'The ledger of a contact',
    description:
      'The youngest entry first. A contact that was merged into another one keeps its own entries, under its id; the other one’s name the merge.',
    scope: 'consents:read',
    query: entryQuerySchema,
    answers: { 200: { description: 'A page of entries', schema: entryListSchema } },
    async handle({ shopId, query, scopes }) {
      const page = pageOf({ list: 'consents', shopId, query })
      const { purpose, action } = query
      const isWithDetails = scopes.includes('consents:write')
      const rows = await ask(async (database) => {
        const contactId = await findContactId(database, shopId, query)
        const filter = { contactId, purpose, action, before: page.after, limit: page.rows, isWithDetails }
        return await listConsents(database, shopId, filter)
      })
      const item = showEntry({ isWithDetails })
      return { status: 200, json: page.answer(rows, { item, position: ({ id }) => id }) }
    },
  })
}

/** Our id names one contact's own ledger, also after a merge; the shop's names the person as they are now. */
export async function findContactId(
  database: Database,
  shopId: string,
  {
    contact: id,
    external_id: externalId,
  }: { contact?: string | undefined; external_id?: string | undefined },
): Promise<string> {
  if ((id === undefined) === (externalId === undefined)) {
    const detail = 'Name the contact by contact, which is its id, or by external_id; one of the two.'
    throw invalidParameter(id === undefined ? 'contact' : 'external_id', 'one_name', detail)
  }
  const name = id === undefined ? { externalId: externalId ?? '' } : { id }
  const contact = await findNamedContact(database, shopId, name)
  if (contact === undefined) throw notFound()
  return id ?? contact.id
}
