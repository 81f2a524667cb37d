import { listSchema, PAGE_PARAMETERS, pageOf } from '@postino/http'
import { listBookContacts } from '@postino/database'
import { PURPOSES } from '@postino/domain'
import { z } from 'zod'
import { operation } from '../../operation/operation.ts'
import { booleanParameter, timeParameter } from '../../operation/parameters.ts'
import { rowIdSchema } from '../../operation/row-id.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { contactAnswer, contactSchema } from './schema.ts'

const query = z.strictObject({
  external_id: z
    .string()
    .min(1)
    .meta({ description: 'The one the shop calls so, or called so before it was merged into another one' })
    .optional(),
  phone: z
    .string()
    .min(1)
    // The plus sign of a number is a blank in a URL, unless it is written as %2B.
    .transform((text) => text.replace(/^ /, '+'))
    .meta({ description: 'E.164' })
    .optional(),
  email: z.string().min(1).meta({ description: 'In capital letters or not' }).optional(),
  origin: z.enum(['shop', 'import', 'start']).optional(),
  group: rowIdSchema.meta({ description: 'Members of the group with this id' }).optional(),
  purpose: z.enum(PURPOSES).meta({ description: 'Those who agree to it now' }).optional(),
  registered: booleanParameter.meta({ description: 'Those with an open chat, or those without' }).optional(),
  since: timeParameter.meta({ description: 'Those that have changed since then' }).optional(),
  removed: booleanParameter
    .meta({ description: 'true: those taken out of the book, instead of those in it' })
    .optional(),
  ...PAGE_PARAMETERS,
})

export function createListContacts({ ask }: RouteDependencies) {
  return operation({
    method: 'GET',
    path: '/v1/contacts',
    operationId: 'listContacts',
    tag: 'Contacts',
    summary: 'The book of contacts',
    description: 'The youngest first. Who was merged into another contact or erased is not in it.',
    scope: 'contacts:read',
    query,
    answers: { 200: { description: 'A page of contacts', schema: listSchema('ContactList', contactSchema) } },
    async handle({ shopId, query: given }) {
      const page = pageOf({ list: 'contacts', shopId, query: given })
      const contacts = await ask((database) =>
        listBookContacts(database, shopId, {
          externalId: given.external_id,
          phone: given.phone,
          email: given.email,
          origin: given.origin,
          groupId: given.group,
          purpose: given.purpose,
          isRegistered: given.registered,
          since: given.since,
          isRemoved: given.removed,
          before: page.after,
          limit: page.rows,
        }),
      )
      return { status: 200, json: page.answer(contacts, { item: contactAnswer, position: ({ id }) => id }) }
    },
  })
}
