import { contactInputSchema, parseTime, PURPOSES, timeSchema, WORDING_LOCALES } from '@postino/domain'
import { z } from 'zod'
import { contactNameShape } from '../../operation/contact-name.ts'
import { blank, ELSEWHERE, idempotencyKey, reference } from './act-fields.ts'

/** https://telegram.org/blog: nobody can have agreed to messages on Telegram before. */
const TELEGRAM_BEGAN_MS = Date.UTC(2013, 7, 14)

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
    purpose: z.enum(PURPOSES).meta({ description: 'What they agreed to' }),
    obtained_at: timeSchema
      .refine((text) => (parseTime(text) ?? TELEGRAM_BEGAN_MS) >= TELEGRAM_BEGAN_MS, {
        error: 'is before Telegram began',
        params: { code: 'too_early' },
      })
      .meta({ description: 'When they agreed', examples: ['2026-11-02T16:20:00+01:00'] }),
    source: z.enum(ELSEWHERE).meta({ description: 'Where they agreed' }),
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
