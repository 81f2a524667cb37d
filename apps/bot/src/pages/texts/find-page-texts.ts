import type { WordingLocale } from '@postino/domain'
import { EN } from './en.ts'
import { IT } from './it.ts'
import type { PageTexts } from './page-texts.ts'
import { UK } from './uk.ts'

/** A further language is one more file and one more line; the compiler asks for it once consent can be asked in it. */
const LANGUAGES: Record<WordingLocale, PageTexts> = { it: IT, en: EN, uk: UK }

export function findPageTexts(language: WordingLocale): PageTexts {
  return LANGUAGES[language]
}
