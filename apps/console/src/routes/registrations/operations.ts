import { findRegistration, revokeRegistration } from '@postino/database'
import { notFound } from '@postino/http'
import { z } from 'zod'
import { operation, type Operation } from '../../operation/operation.ts'
import { actorOf, evidenceOf } from '../../operation/trace.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { createListRegistrations } from './list-registrations.ts'
import { registrationAnswer, registrationSchema } from './schema.ts'

const tag = 'Registrations'
const answers = { 200: { description: 'The registration', schema: registrationSchema } }

const revocationSchema = z
  .strictObject({
    reason: z
      .string()
      .max(500)
      .regex(/\S/, { error: 'is blank; say why' })
      .meta({ description: 'Kept with the withdrawals, for whoever asks later' }),
  })
  .meta({ id: 'Revocation', examples: [{ reason: 'Asked for it on the phone' }] })

const REVOKE_DESCRIPTION = `Ends a registration in the shop’s name, at once: nothing that waits for the chat is sent any more, and every purpose of the contact is withdrawn in the ledger with the reason, as
STOP in the chat would do it; also for other chats of the same contact. Only the person’s own START and consent open it again. Revoking it again changes nothing.`

export function registrationOperations(dependencies: RouteDependencies): Operation[] {
  return [
    createListRegistrations(dependencies),
    createGetRegistration(dependencies),
    createRevokeRegistration(dependencies),
  ]
}

function createGetRegistration({ ask }: RouteDependencies) {
  return operation({
    method: 'GET',
    path: '/v1/registrations/{id}',
    operationId: 'getRegistration',
    tag,
    summary: 'A registration',
    description: 'One chat of a contact with one of the shop’s bots.',
    scope: 'contacts:read',
    answers,
    async handle({ shopId, params }) {
      const registration = await ask((database) => findRegistration(database, shopId, params.id))
      if (registration === undefined) throw notFound()
      return { status: 200, json: registrationAnswer(registration) }
    },
  })
}

function createRevokeRegistration({ ask }: RouteDependencies) {
  return operation({
    method: 'POST',
    path: '/v1/registrations/{id}/revoke',
    operationId: 'revokeRegistration',
    tag,
    summary: 'Revoke a registration',
    description: REVOKE_DESCRIPTION,
    scope: 'consents:write',
    body: revocationSchema,
    answers,
    async handle({ shopId, params: { id: registrationId }, body, ...request }) {
      const revocation = {
        registrationId,
        source: 'api',
        actor: actorOf(request),
        evidence: { ...evidenceOf(request), registration_id: registrationId },
        details: { reason: body.reason },
      }
      const isKnown = await ask((database) => revokeRegistration(database, shopId, revocation))
      const registration =
        isKnown && (await ask((database) => findRegistration(database, shopId, registrationId)))
      if (!registration) throw notFound()
      return { status: 200, json: registrationAnswer(registration) }
    },
  })
}
