import { problemShape } from '@postino/http'
import { z } from 'zod'

export const problemSchema = z
  .strictObject({
    ...problemShape,
    merged_into: z
      .string()
      .meta({ description: 'Of a conflict: the contact this one has become', examples: ['2071'] })
      .optional(),
    template_id: z
      .string()
      .meta({ description: 'Of a conflict: the template there is', examples: ['71'] })
      .optional(),
    revision: z
      .int()
      .meta({ description: 'Of a conflict: what the template is at now', examples: [4] })
      .optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' })
