import { MEDIA_TYPES, templateFindingSchema } from '@postino/domain'
import { z } from 'zod'
import { rowIdSchema } from '../../../operation/row-id.ts'
import { eventSchema } from '../event/choose-event.ts'
import { namePartShape, nameShape, refuseUnknownState } from '../name-schema.ts'
import { contentSchema, EXAMPLE_CONTENT, versionNumber } from '../schema.ts'

const EXAMPLE = { kind: 'order.status_changed', state: 'shipped', locale: 'it', content: EXAMPLE_CONTENT }

const EXAMPLE_TEXT = 'Ciao Giulia, il tuo ordine 2025/1143 è in viaggio.'

const writtenSchema = z
  .strictObject({ ...nameShape, content: contentSchema, event: eventSchema })
  .superRefine(refuseUnknownState)
  .meta({ id: 'WrittenTemplatePreview', description: 'Of what is being written', examples: [EXAMPLE] })

const storedSchema = z
  .strictObject({
    template_id: rowIdSchema.meta({ examples: ['71'] }),
    version: versionNumber
      .meta({ description: 'Of this one template; without it every language the shop has of it is shown' })
      .optional(),
    locale: namePartShape.locale
      .meta({ description: 'Of the languages the shop has of it this one alone' })
      .optional(),
    event: eventSchema,
  })
  .meta({
    id: 'StoredTemplatePreview',
    description: 'Of what is kept: of each language its draft, or else what is sent',
    examples: [{ template_id: '71' }, { template_id: '71', version: 2, event: 'last' }],
  })

export const previewSchema = z
  .union([writtenSchema, storedSchema])
  .meta({ id: 'TemplatePreviewRequest', examples: [EXAMPLE, { template_id: '71' }] })

const text = z.string()

const button = z.union([
  z.strictObject({ text, url: z.string() }),
  z.strictObject({ text, action: z.string() }),
  z.strictObject({ text, copy: z.string() }),
])

const file = z
  .strictObject({
    as: z.enum([...MEDIA_TYPES, 'link']),
    name: z.string().optional(),
    url: z.string().optional(),
    file_id: z.string().optional(),
    cause: z
      .string()
      .meta({
        description:
          'Why it is a link: its type or size is not attached by the shop; it cannot stand beside the others (album); the text is too long to stand under it (text)',
      })
      .optional(),
  })
  .meta({ id: 'PreviewedFile' })

const ofShape = {
  locale: z.string(),
  template_id: z.string().optional(),
  version: z.int().optional(),
  findings: z.array(templateFindingSchema),
}

const shown = z
  .strictObject({
    ...ofShape,
    status: z.literal('shown'),
    html: z.string().meta({ description: 'As it is sent, in Telegram’s HTML' }),
    text: z.string().meta({ description: 'As people read it, what is hidden included' }),
    push_line: z.string().meta({ description: 'What a locked phone shows first' }),
    length: z.int().meta({ description: 'Of the text, as Telegram counts it' }),
    limit: z.int().meta({ description: 'What Telegram takes' }),
    cut: z.string().meta({ description: 'What there was no room for' }).optional(),
    shown_as: z.enum(['text', ...MEDIA_TYPES, 'album']),
    buttons: z.array(z.array(button)).meta({ description: 'Rows. Those of an album stand in its text' }),
    files: z.array(file).meta({ description: 'How each goes' }),
    silent: z.boolean(),
    protect: z.boolean(),
  })
  .meta({ id: 'ShownTemplate', description: 'What Telegram will show' })

const failed = z
  .strictObject({
    ...ofShape,
    status: z.literal('failed'),
    reason: z.string().meta({ examples: ['template_failed'] }),
    detail: z.string(),
  })
  .meta({ id: 'FailedTemplate', description: 'With this event nothing would be sent' })

export const previewAnswerSchema = z
  .strictObject({
    event_id: z.string().meta({ description: 'Of the event it is shown with' }),
    items: z.array(z.union([shown, failed])).meta({ description: 'One for each language' }),
  })
  .meta({
    id: 'TemplatePreviews',
    examples: [
      {
        event_id: 'example-order.status_changed',
        items: [
          {
            locale: 'it',
            status: 'shown',
            html: EXAMPLE_TEXT,
            text: EXAMPLE_TEXT,
            push_line: EXAMPLE_TEXT,
            length: 50,
            limit: 4096,
            shown_as: 'text',
            buttons: [
              [{ text: 'Segui il pacco', url: 'https://corriere-adriatico.example/segui/CA202511190042' }],
            ],
            files: [],
            silent: false,
            protect: false,
            findings: [],
          },
        ],
      },
    ],
  })
