import { findBookContact, saveContact } from '@postino/database'
import { contactInputSchema } from '@postino/domain'
import { notFound } from '@postino/http'
import { operation } from '../../operation/operation.ts'
import { CONSOLE_PROBLEMS } from '../../problems.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { gone } from './gone.ts'
import { contactAnswer, contactSchema } from './schema.ts'

const DESCRIPTION = `Adds a contact, or completes the one with this \`external_id\`: what is not given stays as it is, \`null\` takes away what stands there, and \`attributes\` are replaced as a whole.
Sending the same again changes nothing. A contact that was taken out of the book is back in it.

This gives no right to write to anybody: that takes an open chat and a consent.`

export function createSaveContact({ ask }: RouteDependencies) {
  return operation({
    method: 'POST',
    path: '/v1/contacts',
    operationId: 'saveContact',
    tag: 'Contacts',
    summary: 'Add or complete a contact',
    description: DESCRIPTION,
    scope: 'contacts:write',
    body: contactInputSchema,
    answers: {
      201: { description: 'The contact is new', schema: contactSchema },
      200: { description: 'The contact was there', schema: contactSchema },
    },
    problems: [CONSOLE_PROBLEMS.conflict],
    async handle({ shopId, body }) {
      const saved = await ask((database) => saveContact(database, shopId, body))
      if (saved.status === 'gone') throw gone(saved.mergedInto)
      const contact = await ask((database) => findBookContact(database, shopId, saved.id))
      if (contact === undefined) throw notFound()
      return { status: saved.status === 'created' ? 201 : 200, json: contactAnswer(contact) }
    },
  })
}
