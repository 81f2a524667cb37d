import { changeContact, findBookContact, removeContact } from '@postino/database'
import { contactFieldsSchema } from '@postino/domain'
import { notFound } from '@postino/http'
import { operation } from '../../operation/operation.ts'
import { CONSOLE_PROBLEMS } from '../../problems.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { gone } from './gone.ts'
import { contactAnswer, contactSchema } from './schema.ts'

const path = '/v1/contacts/{id}'
const tag = 'Contacts'
const answers = { 200: { description: 'The contact', schema: contactSchema } }

export function createGetContact({ ask }: RouteDependencies) {
  return operation({
    method: 'GET',
    path,
    operationId: 'getContact',
    tag,
    summary: 'A contact',
    description:
      'Also one that is out of the book, was merged into another one or erased; then little is left of it.',
    scope: 'contacts:read',
    answers,
    async handle({ shopId, params }) {
      const contact = await ask((database) => findBookContact(database, shopId, params.id))
      if (contact === undefined) throw notFound()
      return { status: 200, json: contactAnswer(contact) }
    },
  })
}

export function createChangeContact({ ask }: RouteDependencies) {
  return operation({
    method: 'PATCH',
    path,
    operationId: 'changeContact',
    tag,
    summary: 'Change a contact',
    description:
      'What is not given stays as it is, `null` takes away what stands there, and `attributes` are replaced as a whole. Chats and consents stay as they are.',
    scope: 'contacts:write',
    body: contactFieldsSchema,
    answers,
    problems: [CONSOLE_PROBLEMS.conflict],
    async handle({ shopId, params, body }) {
      const changed = await ask((database) => changeContact(database, shopId, params.id, body))
      if (changed?.status === 'gone') throw gone(changed.mergedInto)
      const contact = await ask((database) => findBookContact(database, shopId, params.id))
      if (contact === undefined) throw notFound()
      return { status: 200, json: contactAnswer(contact) }
    },
  })
}

export function createRemoveContact({ ask }: RouteDependencies) {
  return operation({
    method: 'DELETE',
    path,
    operationId: 'removeContact',
    tag,
    summary: 'Take a contact out of the book',
    description:
      'No list shows it any more. Its chats and consents stay, so that what it agreed to is still sent; revoke its registrations to end that, or erase it to leave nothing. Adding the same `external_id` brings it back.',
    scope: 'contacts:write',
    answers: { 204: { description: 'It is out of the book' } },
    problems: [CONSOLE_PROBLEMS.conflict],
    async handle({ shopId, params }) {
      const removed = await ask((database) => removeContact(database, shopId, params.id))
      if (removed === undefined) throw notFound()
      // Who was erased is in no book any more.
      if (removed.status === 'gone' && removed.mergedInto !== null) throw gone(removed.mergedInto)
      return { status: 204 }
    },
  })
}
