import { EVENT_KINDS, EXAMPLES, templateFindingSchema, type TemplateContent } from '@postino/domain'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { BAD_TEMPLATES } from './bad-templates/bad-templates.ts'
import { checkTemplate } from './check-template.ts'

function check(content: Partial<TemplateContent>) {
  return checkTemplate({
    kind: 'order.status_changed',
    state: '',
    locale: 'en',
    content: { text: 'x', buttons: [], silent: false, ...content },
  })
}

test('of too many findings fifty are told, errors before warnings, in the order of the template', () => {
  const text = `${'{{ order.placed_at }}\n'.repeat(60)}${'{{ order.foo }}\n'.repeat(45)}`
  const findings = check({ text })
  expect(findings).toHaveLength(50)
  expect(findings.filter(({ severity }) => severity === 'error')).toHaveLength(45)
  expect(findings.map(({ line }) => line)).toEqual(
    findings.map(({ line }) => line).toSorted((a = 0, b = 0) => a - b),
  )
})

test('findings stand in the order of the parts: preview, text, buttons, files', () => {
  const bad = '{{ order.foo }}'
  const findings = check({
    preview: bad,
    text: bad,
    buttons: [[{ text: bad, url: bad }], [{ text: 'x', copy: bad }]],
    media: [{ type: 'auto', url: bad, name: bad, mime: bad, size: bad }],
  })
  expect(findings.map(({ at }) => at)).toEqual([
    'preview',
    'text',
    'buttons.0.0.text',
    'buttons.0.0.url',
    'buttons.1.0.copy',
    ...['url', 'name', 'mime', 'size'].map((part) => `media.0.${part}`),
  ])
})

const WORDS = [
  '{{',
  '}}',
  '{%',
  '%}',
  ' if ',
  ' for ',
  ' in ',
  'order',
  '.items',
  '|',
  ' money',
  '"',
  '<b>',
  '</b>',
  '(',
  'x',
  '\n',
  '{#',
  '[0]',
  '!',
]

test('whatever a shop writes, the checker answers with findings', () => {
  const words = fc.constantFrom(...WORDS)
  const text = fc.array(words, { minLength: 1, maxLength: 30 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(
      fc.oneof(text, fc.string({ minLength: 1, unit: 'grapheme' })),
      fc.constantFrom(...EVENT_KINDS),
      (source, kind) => {
        const content = {
          text: source,
          preview: source,
          buttons: [[{ text: source, url: source }]],
          silent: false,
        }
        for (const finding of checkTemplate({ kind, state: '', locale: 'it', content }))
          expect(templateFindingSchema.parse(finding)).toEqual(finding)
      },
    ),
    { numRuns: 200 },
  )
})

test('no finding holds a value of an event', () => {
  const values = Object.values(EXAMPLES).flatMap(({ data }) => textsIn(data))
  for (const { says, text } of BAD_TEMPLATES) {
    for (const value of values.filter((one) => !text.includes(one)))
      expect(says.join('\n').includes(value), `${value} in ${says.join('\n')}`).toBe(false)
  }
})

/** The texts people would recognise. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return /\p{Lu}|\d/u.test(value) ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
