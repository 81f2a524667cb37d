import { verifyConsents } from '@postino/database'
import { z } from 'zod'
import { operation } from '../../operation/operation.ts'
import type { RouteDependencies } from '../route-dependencies.ts'
import { findContactId } from './list-consents.ts'
import { entryQuerySchema } from './entry-schema.ts'

const MAX_SHOWN = 200

const verdictSchema = z
  .strictObject({
    is_whole: z.boolean().meta({ description: 'Nothing is wrong with it' }),
    rows: z.int().min(0).meta({ description: 'Entries that were looked at' }),
    fault_count: z.int().min(0),
    faults: z
      .array(
        z
          .strictObject({
            fault: z.string().meta({
              examples: ['row_altered', 'row_missing', 'order_changed', 'details_altered', 'purposes_differ'],
            }),
            consent_id: z.string().optional(),
          })
          .meta({ id: 'LedgerFault' }),
      )
      .max(MAX_SHOWN)
      .meta({ description: `The first ${MAX_SHOWN}` }),
  })
  .meta({ id: 'LedgerVerdict' })

export function createVerifyConsents({ ask }: RouteDependencies) {
  const { contact, external_id: externalId } = entryQuerySchema.shape
  return operation({
    method: 'GET',
    path: '/v1/consents/verify',
    operationId: 'verifyConsents',
    tag: 'Consents',
    summary: 'Whether a contact’s ledger is whole',
    description:
      'Computes its chain of hashes anew, entry by entry, and compares what the contact agrees to now with what the entries say. The whole ledger of a shop is verified by `postino consent verify`.',
    scope: 'consents:read',
    query: z.strictObject({ contact, external_id: externalId }),
    answers: { 200: { description: 'What was found', schema: verdictSchema } },
    async handle({ shopId, query }) {
      const verdict = await ask(async (database) => {
        const contactId = await findContactId(database, shopId, query)
        return await verifyConsents(database, { shopId, contactId })
      })
      const faults = verdict.faults
        .slice(0, MAX_SHOWN)
        .map(({ fault, consentId }) => ({ fault, consent_id: consentId }))
      return {
        status: 200,
        json: {
          is_whole: verdict.faultCount === 0,
          rows: verdict.rows,
          fault_count: verdict.faultCount,
          faults,
        },
      }
    },
  })
}
