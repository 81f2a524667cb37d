import { z } from 'zod'
import { CURRENCIES } from './currency.ts'

const AMOUNT = /^(?:0|[1-9]\d{0,11})(?:\.\d{1,4})?$/

const amount = z
  .string()
  .refine((value) => AMOUNT.test(value), {
    error: 'must be a decimal number as text, with a point and at most 12 and 4 digits, such as "49.90"',
    params: { code: 'invalid_amount' },
  })
  .meta({ pattern: AMOUNT.source, description: 'Decimal number as text', examples: ['49.90'] })

const currency = z
  .string()
  .refine((code) => CURRENCIES.has(code), {
    error: 'must be a currency code of ISO 4217 in capitals, such as EUR',
    params: { code: 'invalid_currency' },
  })
  .meta({ pattern: '^[A-Z]{3}$', description: 'ISO 4217 code', examples: ['EUR'] })

export const moneySchema = z.strictObject({ amount, currency }).meta({
  id: 'Money',
  description: 'An amount of money. The amount is text, so that no program rounds it.',
  examples: [{ amount: '49.90', currency: 'EUR' }],
})

export type Money = z.infer<typeof moneySchema>
