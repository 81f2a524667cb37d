import { createHash } from 'node:crypto'
import { canonicalJson } from '../canonical-json.ts'
import type { Purpose } from '../purpose.ts'
import { EN } from './en.ts'
import { IT } from './it.ts'
import type { WordingTexts } from './texts.ts'
import { UK } from './uk.ts'

/** The languages consent can be asked in. */
export const WORDING_LOCALES = ['it', 'en', 'uk'] as const

export type WordingLocale = (typeof WORDING_LOCALES)[number]

/** What a contact is asked about one purpose, as it is kept with the answer. Plain text, not HTML. */
export interface Wording {
  id: Purpose
  version: number
  locale: WordingLocale
  /** At most 32 characters: it stands on a button. */
  title: string
  /** Names what will be sent and that it comes by Telegram. */
  text: string
}

const TEXTS: Record<WordingLocale, WordingTexts> = { it: IT, en: EN, uk: UK }

export function wordingFor(purpose: Purpose, locale: WordingLocale): Wording {
  return { id: purpose, locale, ...TEXTS[locale][purpose] }
}

/**
 * SHA-256, in hex, of everything a wording says. Kept with each consent, it proves which words were agreed to, even if
 * someone changes a text and forgets to raise its version.
 */
export function wordingHash(wording: Wording): string {
  const { id, version, locale, title, text } = wording
  return createHash('sha256').update(canonicalJson({ id, version, locale, title, text })).digest('hex')
}
