import { listSchema, PAGE_PARAMETERS } from '@postino/http'
import { OPTIN_LINK_STATUSES } from '@postino/database'
import {
  CONSENT_SOURCES,
  contactInputSchema,
  parseGroupKeyword,
  PURPOSES,
  WORDING_LOCALES,
} from '@postino/domain'
import { z } from 'zod'
import { contactNameShape } from '../../operation/contact-name.ts'
import { rowIdSchema } from '../../operation/row-id.ts'

const MIN_SECONDS = 60
const MAX_SECONDS = 365 * 86_400
const DEFAULT_SECONDS = 7 * 86_400

/** What people do in Telegram, and what a file of proofs is, shows no link. */
const NO_PLACES = new Set<string>(['bot_dialog', 'telegram_login', 'import_proof'])
const LINK_SOURCES = CONSENT_SOURCES.filter((source) => !NO_PLACES.has(source))

const email = contactInputSchema.shape.email.unwrap().unwrap()

export const linkInputSchema = z
  .strictObject({
    ...contactNameShape,
    email: email
      .meta({
        description:
          'The mailbox the link is sent to, and nowhere else: whoever comes by it has read that mail, and becomes the one contact that has this address, if there is one',
        examples: ['giulia@example.it'],
      })
      .optional(),
    purposes: z
      .array(z.enum(PURPOSES))
      .min(1)
      .refine((given) => new Set(given).size === given.length, { error: 'names a purpose twice' })
      .meta({ description: 'What the bot asks for; without it: those of the group, or of the opt-in page' })
      .optional(),
    group: z
      .string()
      .max(64)
      .overwrite((text) => parseGroupKeyword(text) ?? text)
      .meta({ description: 'The keyword of a group: whoever comes by the link joins it', examples: ['vip'] })
      .optional(),
    bot: z
      .string()
      .max(33)
      .overwrite((text) => text.replace(/^@/, ''))
      .meta({
        description: 'The user name of a bot of the shop; without it: the opt-in page’s, or the first one',
      })
      .optional(),
    source: z.enum(LINK_SOURCES).default('api').meta({ description: 'Where the link is shown' }),
    locale: z.enum(WORDING_LOCALES).meta({ description: 'The language to begin in' }).optional(),
    expires_in_seconds: z
      .int()
      .min(MIN_SECONDS)
      .max(MAX_SECONDS)
      .default(DEFAULT_SECONDS)
      .meta({ description: 'From 60 s to 365 days; 7 days without it' }),
    makes_tester: z.boolean().default(false).meta({
      description: 'Whoever comes by it is one of the shop’s own, and gets messages in the sandbox, too',
    }),
    qr: z
      .boolean()
      .default(true)
      .meta({ description: 'false leaves the codes out, for who makes many links to be sent as text' }),
  })
  .meta({
    id: 'OptinLinkInput',
    description: 'Without a contact and an e-mail address the link is for whoever has it first',
    examples: [{ external_id: 'customer-2071', purposes: ['order_updates'], source: 'checkout' }],
  })

export type LinkInput = z.infer<typeof linkInputSchema>

const linkShape = {
  id: z.string(),
  status: z.enum(OPTIN_LINK_STATUSES),
  bot: z.string().meta({ description: 'Its user name', examples: ['bottega_faenza_bot'] }),
  contact_id: z.string().optional(),
  external_id: z.string().optional(),
  email: z.string().optional(),
  purposes: z.array(z.enum(PURPOSES)),
  group: z.string().meta({ description: 'Its keyword' }).optional(),
  source: z.string(),
  locale: z.string().optional(),
  makes_tester: z.boolean(),
  registration_id: z.string().meta({ description: 'The registration it led to' }).optional(),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
  used_at: z.iso.datetime().optional(),
  revoked_at: z.iso.datetime().optional(),
}

export const linkSchema = z.strictObject(linkShape).meta({ id: 'OptinLink' })

export const newLinkSchema = z
  .strictObject({
    ...linkShape,
    url: z.string().meta({
      description: 'Opens the bot in Telegram. It is told here alone: we keep no more than its hash',
      examples: ['https://t.me/bottega_faenza_bot?start=3Q2-7wAAAAAAAAAAAAAAAA'],
    }),
    page_url: z
      .string()
      .meta({
        description: 'The same as a page, with the choice of purposes and help for who has no Telegram',
      })
      .optional(),
    qr: z
      .strictObject({
        svg: z.string().meta({ description: 'An <svg> element, to stand in a page or be a file' }),
        png: z.string().meta({ description: 'Base64', contentEncoding: 'base64' }),
      })
      .meta({ description: 'The url as a QR code' })
      .optional(),
  })
  .meta({ id: 'NewOptinLink' })

export const linkListSchema = listSchema('OptinLinkList', linkSchema)

export const linkQuerySchema = z.strictObject({
  status: z.enum(OPTIN_LINK_STATUSES).optional(),
  contact: rowIdSchema.meta({ description: 'Those for the contact with this id' }).optional(),
  group: rowIdSchema.meta({ description: 'Those that lead into the group with this id' }).optional(),
  bot: rowIdSchema.meta({ description: 'Those of the bot with this id' }).optional(),
  source: z.enum(LINK_SOURCES).optional(),
  ...PAGE_PARAMETERS,
})
