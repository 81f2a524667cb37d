import { listSchema } from '@postino/http'
import { PURPOSES, WORDING_LOCALES, wordingHash, type KeptWording } from '@postino/domain'
import { z } from 'zod'

export const purposeAndLocale = {
  purpose: z.enum(PURPOSES).meta({ description: 'What is asked about' }),
  locale: z.enum(WORDING_LOCALES).meta({ description: 'The language it is asked in' }),
}

export const wordingSchema = z
  .strictObject({
    ...purposeAndLocale,
    version: z.int().min(1),
    title: z.string().meta({ description: 'It stands on the switch' }),
    text: z.string().meta({ description: 'What will be sent, how often, and that it comes by Telegram' }),
    is_default: z.boolean().meta({ description: 'Postino’s own words; else the shop’s' }),
    hash: z
      .string()
      .meta({ description: 'SHA-256 of the words; every consent carries the one it was given to' }),
  })
  .meta({ id: 'Wording' })

export const wordingsInForceSchema = z
  .strictObject({ items: z.array(wordingSchema) })
  .meta({ id: 'WordingsInForce', description: 'One for each purpose and language' })

export const wordingHistorySchema = listSchema(
  'WordingHistory',
  wordingSchema.extend({ created_at: z.iso.datetime() }).meta({ id: 'FormerWording' }),
)

export const restoreSchema = z
  .strictObject(purposeAndLocale)
  .meta({ id: 'WordingRestore', examples: [{ purpose: 'marketing', locale: 'it' }] })

export function showWording(wording: KeptWording): object {
  const { id, locale, version, title, text, isDefault } = wording
  return { purpose: id, locale, version, title, text, is_default: isDefault, hash: wordingHash(wording) }
}
