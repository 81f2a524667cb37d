import { problemShape } from '@postino/http'
import { z } from 'zod'

export const problemSchema = z
  .strictObject({
    ...problemShape,
    merged_into: z
      .string()
      .meta({ description: 'Of a conflict: the contact this one has become', examples: ['2071'] })
      .optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' })
