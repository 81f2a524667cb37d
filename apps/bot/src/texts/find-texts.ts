import { EN } from './en.ts'
import { IT } from './it.ts'
import type { Texts } from './texts.ts'
import { UK } from './uk.ts'

/** A further language is one more file and one more line here. */
export const LANGUAGES = { en: EN, it: IT, uk: UK } as const satisfies Record<string, Texts>

export type Language = keyof typeof LANGUAGES

/** The first language of the list that the bot speaks; English when it speaks none of them. */
export function chooseLanguage(preferred: (string | null | undefined)[]): Language {
  for (const locale of preferred) {
    const language = locale?.split('-')[0]?.toLowerCase()
    if (language === 'en' || language === 'it' || language === 'uk') return language
  }
  return 'en'
}

export function findTexts(language: Language): Texts {
  return LANGUAGES[language]
}
