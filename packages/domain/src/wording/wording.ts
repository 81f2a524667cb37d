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
  /** Names what will be sent, how often, and that it comes by Telegram. */
  text: string
}

const TEXTS: Record<WordingLocale, WordingTexts> = { it: IT, en: EN, uk: UK }

export function wordingFor(purpose: Purpose, locale: WordingLocale): Wording {
  return { id: purpose, locale, ...TEXTS[locale][purpose] }
}

/** A wording a shop has kept, be it its own or one of Postino's it has asked with. */
export interface KeptWording extends Wording {
  isDefault: boolean
}

/**
 * The words in force for a purpose and language: the shop's youngest, unless they are Postino's own and have been improved
 * since. `kept` may hold those of other purposes and languages, and former versions.
 */
export function wordingInForce(
  kept: readonly KeptWording[],
  purpose: Purpose,
  locale: WordingLocale,
): KeptWording {
  const own = { ...wordingFor(purpose, locale), isDefault: true }
  const youngest = kept
    .filter((wording) => wording.id === purpose && wording.locale === locale)
    .reduce<KeptWording | undefined>((a, b) => (a === undefined || b.version > a.version ? b : a), undefined)
  if (youngest === undefined) return own
  return youngest.isDefault && own.version > youngest.version ? own : youngest
}

/** The number of a shop's next words for a purpose and language: above every one in use, and above Postino's own. */
export function nextWordingVersion(
  kept: readonly Pick<KeptWording, 'id' | 'locale' | 'version'>[],
  purpose: Purpose,
  locale: WordingLocale,
): number {
  const versions = kept
    .filter((wording) => wording.id === purpose && wording.locale === locale)
    .map((wording) => wording.version)
  return Math.max(wordingFor(purpose, locale).version, ...versions) + 1
}

/**
 * SHA-256, in hex, of everything a wording says. Kept with each consent, it proves which words were agreed to, even if
 * someone changes a text and forgets to raise its version.
 */
export function wordingHash(wording: Wording): string {
  const { id, version, locale, title, text } = wording
  return createHash('sha256').update(canonicalJson({ id, version, locale, title, text })).digest('hex')
}
