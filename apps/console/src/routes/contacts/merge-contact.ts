import { inTransaction, findBookContact, mergeContacts, type BookContact } from '@postino/database'
import { invalidBody, notFound } from '@postino/http'
import { z } from 'zod'
import { operation } from '../../operation/operation.ts'
import { rowIdSchema } from '../../operation/row-id.ts'
import { actorOf, evidenceOf } from '../../operation/trace.ts'
import { CONSOLE_PROBLEMS } from '../../problems.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { gone } from './gone.ts'
import { contactAnswer, contactSchema } from './schema.ts'

const mergeSchema = z
  .strictObject({ into: rowIdSchema.meta({ description: 'The id of the contact that stays' }) })
  .meta({ id: 'ContactMerge', examples: [{ into: '2071' }] })

const DESCRIPTION = `Makes two contacts one, when both are the same person: chats, groups, what waits to be sent and opt-in links go to the contact that stays. Of the profile only what that
one lacks is filled. A withdrawal of either stands; a grant counts where the one that stays has never said anything. The merge is logged, and cannot be undone. Merging the same two again changes nothing.`

export function createMergeContact({ ask }: RouteDependencies) {
  return operation({
    method: 'POST',
    path: '/v1/contacts/{id}/merge',
    operationId: 'mergeContact',
    tag: 'Contacts',
    summary: 'Merge a contact into another one',
    description: DESCRIPTION,
    scope: 'contacts:write',
    body: mergeSchema,
    answers: { 200: { description: 'The contact that stays', schema: contactSchema } },
    problems: [CONSOLE_PROBLEMS.conflict],
    async handle({ shopId, params: { id: fromContactId }, body: { into: intoContactId }, ...request }) {
      if (fromContactId === intoContactId) throw notInto('the_same', 'into must be another contact.')
      const merge = {
        fromContactId,
        intoContactId,
        matchedBy: 'operator' as const,
        actor: actorOf(request),
        evidence: evidenceOf(request),
      }
      const { status } = await ask((database) =>
        inTransaction(database, (trx) => mergeContacts(trx, shopId, merge)),
      )
      const find = (id: string) => ask((database) => findBookContact(database, shopId, id))
      const into = await find(intoContactId)
      if (status === 'not_live') refuse(await find(fromContactId), into)
      if (into === undefined) throw notFound()
      return { status: 200, json: contactAnswer(into) }
    },
  })
}

/** Why the two were not merged; returns when they were merged before. */
function refuse(from: BookContact | undefined, into: BookContact | undefined): void {
  if (from === undefined) throw notFound()
  if (into === undefined) throw notInto('unknown_contact', 'into is no contact of this shop.')
  if (from.mergedInto === into.id) return
  throw gone(from.mergedInto ?? into.mergedInto)
}

function notInto(code: string, detail: string) {
  return invalidBody([{ pointer: '/into', code, detail }])
}
