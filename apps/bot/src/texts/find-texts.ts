import { localeChain, type WordingLocale } from '@postino/domain'
import type { LanguageCode } from 'grammy/types'
import { EN } from './en.ts'
import { IT } from './it.ts'
import type { Texts } from './texts.ts'
import { UK } from './uk.ts'

/** A further language is one more file, one more line here, and its wordings of consent in packages/domain. */
export const LANGUAGES = { en: EN, it: IT, uk: UK } as const satisfies Partial<
  Record<LanguageCode & WordingLocale, Texts>
>

export type Language = keyof typeof LANGUAGES

/** Spoken to whoever understands none of them. */
export const FALLBACK_LANGUAGE: Language = 'en'

/** The first language of the list that the bot speaks, whatever the country: `it-CH` is Italian. */
export function chooseLanguage(preferred: readonly (string | null | undefined)[]): Language {
  const locales = localeChain(preferred.map((locale) => locale ?? undefined))
  return locales.find(isSpoken) ?? FALLBACK_LANGUAGE
}

export function findTexts(language: Language): Texts {
  return LANGUAGES[language]
}

export function isSpoken(locale: string): locale is Language {
  return Object.hasOwn(LANGUAGES, locale)
}
