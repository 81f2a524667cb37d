import { eraseContact } from '@postino/database'
import { notFound } from '@postino/http'
import { z } from 'zod'
import { operation } from '../../operation/operation.ts'
import { actorOf } from '../../operation/trace.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { LONG_WORK_MS } from './long-work.ts'

const count = z.int().min(0)

const erasureSchema = z
  .strictObject({
    status: z.enum(['erased', 'already_erased']),
    contacts: count.meta({ description: 'With those that were merged into it' }).optional(),
    registrations: count.optional(),
    messages: count.optional(),
    events: count.optional(),
  })
  .meta({ id: 'Erasure', description: 'How many rows of each were erased or changed' })

const DESCRIPTION = `For good, and at once: the profile, the chats, what was sent and what waits, groups, links, the personal proof of consents, and the person in the shop's events. What stays is
the ledger under a random name. No import can write to their chats again; they themselves can come back by pressing START. Looks through all events of the shop: some seconds, or, for millions,
minutes; after a 503 ask again.`

export function createEraseContact({ ask }: RouteDependencies) {
  return operation({
    method: 'POST',
    path: '/v1/contacts/{id}/erase',
    operationId: 'eraseContact',
    tag: 'Contacts',
    summary: 'Erase a person',
    description: DESCRIPTION,
    scope: 'contacts:write',
    answers: { 200: { description: 'Nothing of the person is left', schema: erasureSchema } },
    async handle({ shopId, params, ...request }) {
      const actor = actorOf(request)
      const erasure = await ask(
        (database) => eraseContact(database, shopId, params.id, { actor }),
        LONG_WORK_MS,
      )
      if (erasure.status === 'unknown_contact') throw notFound()
      return { status: 200, json: erasure }
    },
  })
}
