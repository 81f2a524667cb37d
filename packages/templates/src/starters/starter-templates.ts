import type { TemplateContent } from '@postino/domain'
import { ENGLISH } from './english.ts'
import { ITALIAN } from './italian.ts'
import type { StarterSet } from './starter-set.ts'
import { UKRAINIAN } from './ukrainian.ts'

/** `state` is an order's state, or `''` for every state without a text of its own and for all other kinds. */
export interface StarterTemplate {
  kind: string
  state: string
  locale: 'it' | 'en' | 'uk'
  content: TemplateContent
}

/** The texts a new shop begins with: every event kind in every language, and the order states most shops tell about. */
export const starterTemplates: StarterTemplate[] = [
  ...templatesOf('it', ITALIAN),
  ...templatesOf('en', ENGLISH),
  ...templatesOf('uk', UKRAINIAN),
]

function templatesOf(locale: StarterTemplate['locale'], { orders, others }: StarterSet): StarterTemplate[] {
  const kind = 'order.status_changed'
  return [
    ...Object.entries(orders).map(([state, content]) => ({ kind, state, locale, content })),
    ...Object.entries(others).map(([other, content]) => ({ kind: other, state: '', locale, content })),
  ]
}
