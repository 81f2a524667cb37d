import { EVENT_KINDS, templateFindingSchema } from '@postino/domain'
import { z } from 'zod'
import { nameShape, refuseUnknownState } from '../name-schema.ts'
import { contentSchema, EXAMPLE_CONTENT } from '../schema.ts'

/** A body has room for so many, of a usual size. */
const MAX_TEMPLATES = 100

const EXAMPLE = { kind: 'order.status_changed', state: 'shipped', locale: 'it', content: EXAMPLE_CONTENT }

const templateToCheck = z
  .strictObject({ ...nameShape, content: contentSchema })
  .superRefine(refuseUnknownState)
  .meta({ id: 'TemplateToCheck', examples: [EXAMPLE] })

const setToCheck = z.strictObject({ templates: z.array(templateToCheck).min(1).max(MAX_TEMPLATES) }).meta({
  id: 'TemplatesToCheck',
  description: 'All templates of a shop, or all of a kind, which are held against each other, too',
  examples: [{ templates: [EXAMPLE] }],
})

export const checkSchema = z
  .union([templateToCheck, setToCheck])
  .meta({ id: 'TemplateCheck', examples: [EXAMPLE, { templates: [EXAMPLE] }] })

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
  .meta({ id: 'TemplateCheckAnswer' })
