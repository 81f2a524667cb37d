import { inTransaction, listConsents, recordWithdrawalElsewhere } from '@postino/database'
import { PURPOSES, type Purpose } from '@postino/domain'
import { invalidBody } from '@postino/http'
import { getContactToChange } from '../../operation/contact-name.ts'
import { operation } from '../../operation/operation.ts'
import { actorOf, evidenceOf } from '../../operation/trace.ts'
import { CONSOLE_PROBLEMS } from '../../problems.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { showEntry, withdrawnSchema } from './entry-schema.ts'
import { withdrawalSchema, type WithdrawalInput } from './withdrawal-schema.ts'

const DESCRIPTION = `Records that a contact wants no more of something. Nothing has to be proven for it. What waits to be sent is looked at once more before it leaves, so it stops at once; also
what rests on the contract. What is withdrawn already stays so, without a new entry.`

export function createRecordWithdrawal({ ask }: RouteDependencies) {
  return operation({
    method: 'POST',
    path: '/v1/consents/withdrawals',
    operationId: 'recordWithdrawal',
    tag: 'Consents',
    summary: 'Withdraw consents for a contact',
    description: DESCRIPTION,
    scope: 'consents:write',
    body: withdrawalSchema,
    answers: {
      200: { description: 'All of it was withdrawn already', schema: withdrawnSchema },
      201: { description: 'The new entries, the youngest first', schema: withdrawnSchema },
    },
    problems: [CONSOLE_PROBLEMS.conflict],
    async handle({ shopId, body, ...request }) {
      const purposes = purposesOf(body)
      const entries = await ask((database) =>
        inTransaction(database, async (trx) => {
          const { id: contactId } = await getContactToChange(trx, shopId, body)
          const ids = await recordWithdrawalElsewhere(trx, shopId, {
            contactId,
            purposes,
            source: body.source,
            reference: body.reference,
            idempotencyKey: body.idempotency_key,
            actor: actorOf(request),
            evidence: evidenceOf(request),
          })
          // They are the contact's last ones: its row is held.
          return await listConsents(trx, shopId, { contactId, limit: ids.length, isWithDetails: true })
        }),
      )
      const items = entries.map(showEntry({ isWithDetails: true }))
      return { status: items.length === 0 ? 200 : 201, json: { items } }
    },
  })
}

function purposesOf({ purpose, purposes, all }: WithdrawalInput): readonly Purpose[] {
  const given = [purpose && [purpose], purposes, all && PURPOSES].filter((each) => each !== undefined)
  const [only] = given
  if (only !== undefined && given.length === 1) return [...new Set(only)]
  throw invalidBody([
    {
      pointer: '/purposes',
      code: only === undefined ? 'required' : 'two_choices',
      detail: 'Say what is withdrawn by one of purpose, purposes and all: true.',
    },
  ])
}
