import { EVENT_KINDS, templateFindingSchema } from '@postino/domain'
import { z } from 'zod'
import { nameShape, refuseUnknownState } from '../name-schema.ts'
import { contentSchema, EXAMPLE_CONTENT } from '../schema.ts'

/** A body has room for so many, of a usual size. */
const MAX_TEMPLATES = 100

const SHIPPED = { kind: 'order.status_changed', state: 'shipped', locale: 'it' }
const WRONG = { ...SHIPPED, content: { text: 'Ordine {{ order.number }}: {{ order.totale | money }}' } }
const EXAMPLE = { ...SHIPPED, content: EXAMPLE_CONTENT }

const templateToCheck = z
  .strictObject({ ...nameShape, content: contentSchema })
  .superRefine(refuseUnknownState)
  .meta({ id: 'TemplateToCheck', examples: [WRONG] })

const setToCheck = z.strictObject({ templates: z.array(templateToCheck).min(1).max(MAX_TEMPLATES) }).meta({
  id: 'TemplatesToCheck',
  description: 'All templates of a shop, or all of a kind, which are held against each other, too',
  examples: [{ templates: [EXAMPLE] }],
})

export const checkSchema = z
  .union([templateToCheck, setToCheck])
  .meta({ id: 'TemplateCheck', examples: [WRONG, { templates: [EXAMPLE] }] })

export const checkAnswerSchema = z
  .strictObject({
    errors: z.int().min(0).meta({ description: 'With one of these a template is not published' }),
    warnings: z.int().min(0),
    items: z
      .array(
        z
          .strictObject({
            kind: z.enum(EVENT_KINDS),
            state: z.string(),
            locale: z.string(),
            findings: z.array(templateFindingSchema),
          })
          .meta({ id: 'CheckedTemplate' }),
      )
      .meta({ description: 'Templates something is said of, and such as are missing in a set' }),
  })
  .meta({
    id: 'TemplateCheckAnswer',
    examples: [
      {
        errors: 1,
        warnings: 0,
        items: [
          {
            ...SHIPPED,
            findings: [
              {
                severity: 'error',
                code: 'unknown_field',
                at: 'text',
                line: 1,
                column: 31,
                message: '`order.totale` does not exist for this event. Did you mean `order.total`?',
              },
            ],
          },
        ],
      },
      {
        errors: 0,
        warnings: 1,
        items: [
          {
            ...SHIPPED,
            state: '',
            findings: [
              {
                severity: 'warning',
                code: 'missing_state',
                at: '',
                message:
                  'Other states have no text, so nobody is told. Write one for states without a text of their own.',
              },
            ],
          },
        ],
      },
    ],
  })
