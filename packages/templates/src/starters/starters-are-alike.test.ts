import { expect, test } from 'vitest'
import { checkTemplates } from '../check/check-templates.ts'
import { twinsOf } from './render-for-tests.ts'
import type { StarterTemplate } from './starter-templates.ts'
import { starterTemplates } from './starter-templates.ts'

test('[U18] the checker finds nothing in any starter, and all languages show the same fields and buttons', () => {
  expect(checkTemplates(starterTemplates, { locale: 'it', managedStates: null })).toEqual([])
})

const ITALIAN = starterTemplates.filter(({ locale }) => locale === 'it')

test.each(ITALIAN)('$kind $state begins with the same sign in all languages, or with none', (template) => {
  const sign = ({ content }: StarterTemplate) => /^[^\p{L}{]*/u.exec(content.text)?.[0]
  for (const twin of twinsOf(template)) expect(sign(twin)?.replace('¡', '')).toBe(sign(template))
})
