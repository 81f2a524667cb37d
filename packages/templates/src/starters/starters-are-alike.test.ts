import { expect, test } from 'vitest'
import { twinsOf } from './render-for-tests.ts'
import type { StarterTemplate } from './starter-templates.ts'
import { starterTemplates } from './starter-templates.ts'

const ITALIAN = starterTemplates.filter(({ locale }) => locale === 'it')

/** The fields a text prints. Not every language calls its reader by name. */
function fieldsPrinted({ content }: StarterTemplate): string[] {
  const fields = [...content.text.matchAll(/\{\{ ([a-z_.]+)/g)].map(([, field = '']) => field)
  return [...new Set(fields)].filter((field) => field !== 'contact.name.first').toSorted()
}

test.each(ITALIAN)('$kind $state: all languages tell the same', (template) => {
  for (const twin of twinsOf(template)) expect(fieldsPrinted(twin)).toEqual(fieldsPrinted(template))
})

test.each(ITALIAN)('$kind $state: all languages have the same buttons, in the same order', (template) => {
  const addresses = ({ content }: StarterTemplate) =>
    content.buttons.map((row) => row.map((button) => ('url' in button ? button.url : button)))
  for (const twin of twinsOf(template)) expect(addresses(twin)).toEqual(addresses(template))
})

test.each(ITALIAN)('$kind $state: all languages begin with the same sign, or none', (template) => {
  const sign = ({ content }: StarterTemplate) => /^[^\p{L}{]*/u.exec(content.text)?.[0]
  for (const twin of twinsOf(template)) expect(sign(twin)?.replace('¡', '')).toBe(sign(template))
})
