import type { FieldLocale } from './field.ts'
import { ITALIAN_SENTENCES } from './sentences/italian.ts'
import { UKRAINIAN_SENTENCES } from './sentences/ukrainian.ts'

/** The sentence of a field in every language, by the English one that stands in its schema. */
export function sentenceOf(english: string): Record<FieldLocale, string> {
  return {
    en: english,
    it: ITALIAN_SENTENCES.get(english) ?? english,
    uk: UKRAINIAN_SENTENCES.get(english) ?? english,
  }
}
