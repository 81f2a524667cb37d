import type { LedgerEntry } from '@postino/database'
import {
  CONSENT_SOURCES,
  contactInputSchema,
  parseTime,
  PURPOSES,
  timeSchema,
  WORDING_LOCALES,
} from '@postino/domain'
import { z } from 'zod'
import { contactNameShape } from '../../operation/contact-name.ts'
import { listSchema, PAGE_PARAMETERS } from '../../operation/page.ts'
import { rowIdSchema } from '../../operation/row-id.ts'

/** What a contact does in Telegram, or on our page, we see ourselves; a shop cannot say it for them. */
const OWN_ACTS = new Set<string>(['bot_dialog', 'telegram_login', 'qr_pos'])
const SOURCES = CONSENT_SOURCES.filter((source) => !OWN_ACTS.has(source))

const MAX_REFERENCE_CHARS = 200
/** https://telegram.org/blog: nobody can have agreed to messages on Telegram before. */
const TELEGRAM_BEGAN_MS = Date.UTC(2013, 7, 14)

const purpose = z.enum(PURPOSES)
const blank = { error: 'is blank' }

const idempotencyKey = z
  .string()
  .max(128)
  .regex(/\S/, blank)
  .meta({ description: 'The same act sent again with the same key is recorded once, of this contact' })

const reference = z
  .string()
  .max(MAX_REFERENCE_CHARS)
  .regex(/\S/, blank)
  .meta({
    description:
      'Your own proof: the number of an order or form, where a recording is kept. It is erased with the contact',
    examples: ['order 2071, form of 2026-11-02'],
  })

const shownText = z
  .strictObject({
    locale: contactInputSchema.shape.locale
      .unwrap()
      .unwrap()
      .meta({ description: 'BCP 47', examples: ['de'] }),
    title: z.string().max(200).regex(/\S/, blank).optional(),
    text: z
      .string()
      .min(20)
      .max(2_000)
      .refine((words) => /telegram/i.test(words), {
        error: 'must be the words that were agreed to, and those must have named Telegram',
        params: { code: 'channel_not_named' },
      }),
  })
  .meta({
    id: 'ShownText',
    description: 'The words as they stood there, when they are none the bot asks with',
  })

const wordingChoice = z
  .strictObject({ locale: z.enum(WORDING_LOCALES), version: z.int().min(1).max(2_147_483_647) })
  .meta({ id: 'WordingChoice', description: 'Which of the words in /v1/wordings were shown' })

export const grantSchema = z
  .strictObject({
    ...contactNameShape,
    purpose: purpose.meta({ description: 'What they agreed to' }),
    obtained_at: timeSchema
      .refine((text) => (parseTime(text) ?? TELEGRAM_BEGAN_MS) >= TELEGRAM_BEGAN_MS, {
        error: 'is before Telegram began',
        params: { code: 'too_early' },
      })
      .meta({ description: 'When they agreed', examples: ['2026-11-02T16:20:00+01:00'] }),
    source: z.enum(SOURCES).meta({ description: 'Where they agreed' }),
    wording: wordingChoice.optional(),
    shown_text: shownText.optional(),
    reference,
    idempotency_key: idempotencyKey.optional(),
  })
  .meta({
    id: 'ConsentGrant',
    description:
      'A consent that was given elsewhere, with its proof: contact, wording or shown_text, and all the rest are needed',
    examples: [
      {
        external_id: 'customer-2071',
        purpose: 'marketing',
        obtained_at: '2026-11-02T16:20:00+01:00',
        source: 'paper_form',
        wording: { locale: 'it', version: 2 },
        reference: 'form 2026/118',
      },
    ],
  })

export type GrantInput = z.infer<typeof grantSchema>

export const withdrawalSchema = z
  .strictObject({
    ...contactNameShape,
    purpose: purpose.optional(),
    purposes: z.array(purpose).min(1).optional(),
    all: z
      .literal(true)
      .meta({ description: 'Every purpose, also those that rest on the contract' })
      .optional(),
    source: z.enum(SOURCES).default('api').meta({ description: 'Where they said so' }),
    reference: reference.optional(),
    idempotency_key: idempotencyKey.optional(),
  })
  .meta({
    id: 'ConsentWithdrawal',
    description: 'Contact, and one of purpose, purposes and all: true',
    examples: [{ external_id: 'customer-2071', all: true }],
  })

export type WithdrawalInput = z.infer<typeof withdrawalSchema>

export const entrySchema = z
  .strictObject({
    id: z.string(),
    contact_id: z.string(),
    purpose: z.string(),
    action: z.enum(['granted', 'withdrawn']),
    wording: z
      .strictObject({
        version: z.int(),
        hash: z.string(),
        title: z.string().optional(),
        text: z.string().optional(),
      })
      .meta({ description: 'What they were asked' })
      .optional(),
    locale: z.string().optional(),
    source: z.string(),
    actor: z.string().meta({ description: 'Who said it: the contact, or the key that recorded it for them' }),
    evidence: z
      .record(z.string(), z.unknown())
      .meta({ description: 'The update or request behind it; nothing personal' }),
    details: z
      .record(z.string(), z.unknown())
      .meta({
        description: 'The proof that may be personal; shown to keys with consents:write, until it is erased',
      })
      .optional(),
    recorded_at: z.iso.datetime(),
    hash: z.string().meta({ description: 'SHA-256 of the entry and of the hash before' }),
    previous_hash: z.string().optional(),
  })
  .meta({ id: 'Consent', description: 'An entry of the ledger' })

export const entryListSchema = listSchema('ConsentList', entrySchema)

export const withdrawnSchema = z
  .strictObject({ items: z.array(entrySchema) })
  .meta({ id: 'ConsentsWithdrawn', description: 'The new entries; none for what was withdrawn already' })

export const entryQuerySchema = z.strictObject({
  contact: rowIdSchema.meta({ description: 'The id of the contact' }).optional(),
  external_id: z
    .string()
    .min(1)
    .max(128)
    .meta({ description: 'Or how the shop calls them; who was merged goes by whom they have become' })
    .optional(),
  purpose: purpose.optional(),
  action: z.enum(['granted', 'withdrawn']).optional(),
  ...PAGE_PARAMETERS,
})

export function showEntry({ isWithDetails }: { isWithDetails: boolean }) {
  return (entry: LedgerEntry): object => ({
    id: entry.id,
    contact_id: entry.contactId,
    purpose: entry.purpose,
    action: entry.action,
    wording: entry.wording === null ? undefined : showWords(entry.wording),
    locale: entry.locale ?? undefined,
    source: entry.source,
    actor: entry.actor,
    evidence: entry.evidence,
    details: isWithDetails ? (entry.details ?? undefined) : undefined,
    recorded_at: entry.recordedAt,
    hash: entry.hash.toString('hex'),
    previous_hash: entry.previousHash?.toString('hex'),
  })
}

function showWords({ version, hash, title, text }: NonNullable<LedgerEntry['wording']>): object {
  return { version, hash, title: title ?? undefined, text: text ?? undefined }
}
