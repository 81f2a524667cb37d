import { z } from 'zod'

/** Something the checker says about a template. Errors keep it from being published; warnings do not. */
export const templateFindingSchema = z
  .strictObject({
    severity: z.enum(['error', 'warning']),
    /** Which rule, as the documentation lists them. */
    code: z.string().regex(/^[a-z][a-z_]{1,40}$/),
    /** Where in the content: `text`, `preview`, `buttons.0.1.url`, `media.0.size`; empty for the template as a whole. */
    at: z.string(),
    /** In the source of that part, counted from 1. */
    line: z.int().min(1).optional(),
    column: z.int().min(1).optional(),
    /** A sentence for a shopkeeper: what is wrong, and the way out. Never a value of an event. */
    message: z.string(),
  })
  .meta({
    id: 'TemplateFinding',
    description: 'Something the checker says about a template',
    examples: [
      {
        severity: 'error',
        code: 'unknown_field',
        at: 'text',
        line: 3,
        column: 8,
        message: '`order.totale` does not exist for this event. Did you mean `order.total`?',
      },
    ],
  })

export type TemplateFinding = z.infer<typeof templateFindingSchema>
