import { listSchema, PAGE_PARAMETERS, pageOf } from '@postino/http'
import { listRegistrations } from '@postino/database'
import { PURPOSES } from '@postino/domain'
import { z } from 'zod'
import { operation } from '../../operation/operation.ts'
import { booleanParameter, timeParameter } from '../../operation/parameters.ts'
import { rowIdSchema } from '../../operation/row-id.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { REGISTRATION_STATUSES, registrationAnswer, registrationSchema } from './schema.ts'

const query = z.strictObject({
  status: z.enum(REGISTRATION_STATUSES).optional(),
  bot: rowIdSchema.meta({ description: 'With the bot of this id' }).optional(),
  contact: rowIdSchema.meta({ description: 'Of the contact with this id' }).optional(),
  external_id: z
    .string()
    .min(1)
    .meta({ description: 'Of the contact the shop calls so, or called so before a merge' })
    .optional(),
  group: rowIdSchema.meta({ description: 'Of members of the group with this id' }).optional(),
  purpose: z.enum(PURPOSES).meta({ description: 'Of contacts who agree to it now' }).optional(),
  source: z.string().min(1).max(64).meta({ description: 'Where the person came from' }).optional(),
  tester: booleanParameter.meta({ description: 'Of the shop’s testers, or of everybody else' }).optional(),
  over_quota: booleanParameter
    .meta({ description: 'Those that wait for a place, or those that have one' })
    .optional(),
  since: timeParameter.meta({ description: 'Those opened or closed since then' }).optional(),
  ...PAGE_PARAMETERS,
})

export function createListRegistrations({ ask }: RouteDependencies) {
  return operation({
    method: 'GET',
    path: '/v1/registrations',
    operationId: 'listRegistrations',
    tag: 'Registrations',
    summary: 'Who is registered with the shop’s bots',
    description:
      'The youngest first: each with its contact, its chat, where it came from and what is agreed to.',
    scope: 'contacts:read',
    query,
    answers: {
      200: {
        description: 'A page of registrations',
        schema: listSchema('RegistrationList', registrationSchema),
      },
    },
    async handle({ shopId, query: given }) {
      const page = pageOf({ list: 'registrations', shopId, query: given })
      const registrations = await ask((database) =>
        listRegistrations(database, shopId, {
          status: given.status,
          botId: given.bot,
          contactId: given.contact,
          externalId: given.external_id,
          groupId: given.group,
          purpose: given.purpose,
          source: given.source,
          isTester: given.tester,
          isOverQuota: given.over_quota,
          since: given.since,
          before: page.after,
          limit: page.rows,
        }),
      )
      const json = page.answer(registrations, { item: registrationAnswer, position: ({ id }) => id })
      return { status: 200, json }
    },
  })
}
