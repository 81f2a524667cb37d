import type { TemplateContent } from '@postino/domain'
import { ENGLISH } from './english.ts'
import { FRENCH } from './french.ts'
import { GERMAN } from './german.ts'
import { ITALIAN } from './italian.ts'
import { POLISH } from './polish.ts'
import { SPANISH } from './spanish.ts'
import { orderTexts, otherTexts } from './starter-texts.ts'
import type { StarterWords } from './starter-words.ts'
import { UKRAINIAN } from './ukrainian.ts'

/** `state` is an order's state, or `''` for every state without a text of its own and for all other kinds. */
export interface StarterTemplate {
  kind: string
  state: string
  locale: 'it' | 'en' | 'uk' | 'de' | 'fr' | 'es' | 'pl'
  content: TemplateContent
}

/**
 * The texts a new shop begins with: every event kind in every language, and the order states most shops tell about.
 *
 * A language is added by one file of StarterWords, written as good shops of that country write, and a line here; the names of
 * the order states stand in filters/order-status-labels.ts. The tests write `rendered/<language>.txt`, which is read aloud
 * before the file is kept.
 */
export const starterTemplates: StarterTemplate[] = [
  ...templatesOf('it', ITALIAN),
  ...templatesOf('en', ENGLISH),
  ...templatesOf('uk', UKRAINIAN),
  ...templatesOf('de', GERMAN),
  ...templatesOf('fr', FRENCH),
  ...templatesOf('es', SPANISH),
  ...templatesOf('pl', POLISH),
]

function templatesOf(locale: StarterTemplate['locale'], words: StarterWords): StarterTemplate[] {
  const kind = 'order.status_changed'
  return [
    ...Object.entries(orderTexts(words)).map(([state, content]) => ({ kind, state, locale, content })),
    ...Object.entries(otherTexts(words)).map(([other, content]) => ({
      kind: other,
      state: '',
      locale,
      content,
    })),
  ]
}
