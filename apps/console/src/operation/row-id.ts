import { z } from 'zod'

const MAX_BIGINT = 2n ** 63n - 1n

/** Whether a text can be the id of a row at all; what is none is nobody's, and no question to Postgres. */
export function isRowId(text: string): boolean {
  return /^[1-9]\d{0,18}$/.test(text) && BigInt(text) <= MAX_BIGINT
}

/** An id of Postino's, in a body or as a parameter. */
export const rowIdSchema = z
  .string()
  .refine(isRowId, {
    error: 'must be an id as answers show it: a whole number, as text',
    params: { code: 'invalid_id' },
  })
  .meta({ pattern: '^[1-9]\\d{0,18}$', examples: ['2071'] })
