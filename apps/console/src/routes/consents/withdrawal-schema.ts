import { PURPOSES } from '@postino/domain'
import { z } from 'zod'
import { contactNameShape } from '../../operation/contact-name.ts'
import { ELSEWHERE, idempotencyKey, reference } from './act-fields.ts'

export const withdrawalSchema = z
  .strictObject({
    ...contactNameShape,
    purpose: z.enum(PURPOSES).optional(),
    purposes: z.array(z.enum(PURPOSES)).min(1).optional(),
    all: z
      .literal(true)
      .meta({ description: 'Every purpose, also those that rest on the contract' })
      .optional(),
    source: z.enum(ELSEWHERE).default('api').meta({ description: 'Where they said so' }),
    reference: reference.optional(),
    idempotency_key: idempotencyKey.optional(),
  })
  .meta({
    id: 'ConsentWithdrawal',
    description: 'Contact, and one of purpose, purposes and all: true',
    examples: [{ external_id: 'customer-2071', all: true }],
  })

export type WithdrawalInput = z.infer<typeof withdrawalSchema>
