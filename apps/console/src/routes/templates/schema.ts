import { listSchema } from '@postino/http'
import { templateContentSchema, templateFindingSchema } from '@postino/domain'
import { z } from 'zod'
import { namePartShape, nameShape, refuseUnknownState } from './name-schema.ts'

const moment = z.iso.datetime().meta({ examples: ['2026-11-21T19:05:00.412Z'] })

/** Of a text in its source, as `templateContentSchema` has it; what people read of it is 4,096 at most. */
export const MAX_SOURCE_CHARS = 8_000

export const EXAMPLE_CONTENT = {
  text: 'Ciao {{ contact.name.first | default("") }}, il tuo ordine {{ order.number }} è in viaggio.',
  buttons: [[{ text: 'Segui il pacco', url: '{{ delivery.tracking_url | default("") }}' }]],
}

const CONTENT_DESCRIPTION = `What a shop writes for one kind of event, state and language. Texts, addresses and what is said of files are template source: \`{{ order.number }}\`, \`{% if order.url %}…{% endif %}\`, \`{{ order.total | money }}\`; GET /v1/event-kinds/{kind} tells what they may read.

- \`text\`: in Telegram’s HTML. \`preview\`: the one line a locked phone shows, when the text is nobody else’s business; the text is hidden below it until it is tapped.
- \`buttons\`: rows of links, of actions (a press is reported to the shop under this name) and of texts to copy. One whose address comes out empty is left out.
- \`media\`: files by their address, as what they are, or by Telegram’s own id; the shop’s table says which go along and which go as links.
- \`silent\`: arrives without a sound. \`protect\`: cannot be forwarded or saved.
- \`on_unknown\`: what becomes of a message of which nobody knows whether it arrived. Without it \`resend_once\` for transactional messages, \`drop\` for others.
- \`quiet_hours\`: what becomes of a message in the shop’s quiet hours, on the recipient’s clock. Without it \`send\` for transactional messages, \`wait\` for others.
- \`collapse\`: which of several messages about one thing are sent when they wait at the same time; without it as the kind says.
- \`expires_after_seconds\`: nobody is told later than so long after the event.`

export const contentSchema = templateContentSchema.meta({
  id: 'TemplateContent',
  description: CONTENT_DESCRIPTION,
  examples: [EXAMPLE_CONTENT],
})

const MAX_NUMBER = 2_147_483_647

const note = z
  .string()
  .max(500)
  .regex(/\S/, { error: 'is blank' })
  .meta({ description: 'For other authors: why it is as it is', examples: ['shorter, after complaints'] })

const revision = z.int().min(0).max(MAX_NUMBER)

export const versionNumber = z.int().min(1).max(MAX_NUMBER)

const seenRevision = revision
  .meta({
    description:
      'The revision you have seen. When somebody did something to the template since, nothing is changed, and the answer is 409',
    examples: [3],
  })
  .optional()

/** A whole number in a URL. */
const numberParameter = z
  .string()
  .refine((text) => /^\d{1,10}$/.test(text) && Number(text) <= MAX_NUMBER, {
    error: 'must be a whole number',
    params: { code: 'invalid_number' },
  })
  .transform(Number)

export const revisionParameter = numberParameter.meta({
  type: 'integer',
  description:
    'The revision you have seen; when somebody did something to the template since, the answer is 409',
  examples: [3],
})

export const versionParameter = numberParameter.meta({
  type: 'integer',
  description: 'The number of a version',
  examples: [2],
})

export const newTemplateSchema = z
  .strictObject({ ...nameShape, content: contentSchema, note: note.optional() })
  .superRefine(refuseUnknownState)
  .meta({
    id: 'NewTemplate',
    examples: [{ kind: 'order.status_changed', state: 'shipped', locale: 'it', content: EXAMPLE_CONTENT }],
  })

export const draftSchema = z
  .strictObject({ content: contentSchema, note: note.optional(), revision: seenRevision })
  .meta({ id: 'TemplateDraft', examples: [{ content: EXAMPLE_CONTENT, revision: 3 }] })

export const seenSchema = z
  .strictObject({ revision: seenRevision })
  .meta({ id: 'SeenTemplate', examples: [{ revision: 3 }, {}] })

export const rollbackSchema = z
  .strictObject({
    version: z
      .int()
      .min(1)
      .max(MAX_NUMBER)
      .meta({ description: 'One that was published', examples: [2] }),
    note: note.optional(),
    revision: seenRevision,
  })
  .meta({ id: 'TemplateRollback', examples: [{ version: 2 }] })

const count = z.int().min(0)

const headShape = {
  version: z.int().min(1),
  note: note.optional(),
  author: z
    .string()
    .meta({ description: 'Who wrote it', examples: ['api_key:7Yk2pQ9xLm'] })
    .optional(),
  rolled_back_to: z
    .int()
    .meta({ description: 'The version whose content this one took up again' })
    .optional(),
  saved_at: moment,
  published_at: moment.optional(),
}

const countsShape = {
  errors: count.meta({ description: 'Findings that keep it from being published' }),
  warnings: count,
}

const wholeShape = {
  content: contentSchema,
  findings: z.array(templateFindingSchema).meta({ description: 'What the checker says about it' }),
}

const headingShape = {
  id: z.string().meta({ examples: ['71'] }),
  ...namePartShape,
  revision: revision.meta({ description: 'Rises with whatever becomes of the template', examples: [3] }),
  created_at: moment,
}

const [DRAFT, PUBLISHED] = ['What is being written; it reaches nobody but testers', 'What is sent']

export const templateSchema = z
  .strictObject({
    ...headingShape,
    draft: z
      .strictObject({ ...headShape, ...wholeShape })
      .meta({ description: DRAFT })
      .optional(),
    published: z
      .strictObject({ ...headShape, ...wholeShape })
      .meta({ description: PUBLISHED })
      .optional(),
  })
  .meta({ id: 'Template' })

const listedTemplateSchema = z
  .strictObject({
    ...headingShape,
    draft: z
      .strictObject({ ...headShape, ...countsShape })
      .meta({ description: DRAFT })
      .optional(),
    published: z
      .strictObject({ ...headShape, ...countsShape })
      .meta({ description: PUBLISHED })
      .optional(),
  })
  .meta({ id: 'ListedTemplate', description: 'A template without what is written in it' })

export const templateListSchema = listSchema('TemplateList', listedTemplateSchema)

const versionShape = {
  ...headShape,
  status: z.enum(['draft', 'published', 'retired']),
  retired_at: moment.meta({ description: 'Since then another version was sent, or none' }).optional(),
}

export const versionSchema = z
  .strictObject({ ...versionShape, ...wholeShape })
  .meta({ id: 'TemplateVersion' })

export const versionListSchema = listSchema(
  'TemplateVersionList',
  z
    .strictObject({ ...versionShape, ...countsShape })
    .meta({ id: 'ListedTemplateVersion', description: 'A version without what is written in it' }),
)
