import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  fieldsOf,
  fullData,
  isAccepted,
  pathsOf,
  renderStarter,
  twinsOf,
  visibleText,
  withChange,
} from './render-for-tests.ts'
import type { StarterTemplate } from './starter-templates.ts'
import { starterTemplates } from './starter-templates.ts'

const HOSTILE = [
  '<b>&"',
  '\u202e\u200b<',
  '😀'.repeat(2048),
  'W'.repeat(4096),
  `e${'\u0301'.repeat(4000)}`,
  '👩‍'.repeat(1300),
  '"'.repeat(4096),
  'a\n'.repeat(2000),
  '{{ order }}',
]

test('no event the domain accepts makes a starter fail, whatever its texts hold', () => {
  const change = fc.record({
    field: fc.nat(),
    value: fc.option(fc.constantFrom(...HOSTILE), { nil: undefined }),
  })
  fc.assert(
    fc.property(
      fc.constantFrom(...starterTemplates),
      fc.array(change, { maxLength: 12 }),
      (template, changes) => {
        let data = fullData(template)
        for (const { field, value } of changes) {
          const paths = pathsOf(data)
          const changed = withChange(data, paths[field % paths.length] ?? [], value)
          if (isAccepted(template, changed)) data = changed
        }
        const contact = fieldsOf(data['customer'] ?? data['recipient'] ?? {})
        const content = renderStarter(template, data, { contact, shop: { name: 'Bottega' } })
        expect(visibleText(content.html)).not.toBe('')
      },
    ),
    { numRuns: 400 },
  )
})

/** The example with this in the place of every text that may hold it. */
function hostileData(template: StarterTemplate, value: string): Record<string, unknown> {
  let data = fullData(template)
  for (const path of pathsOf(data)) {
    const changed = withChange(data, path, value)
    if (isAccepted(template, changed)) data = changed
  }
  return data
}

test('all texts of an event hostile at once still make one message', () => {
  for (const value of ['W'.repeat(4096), '😀'.repeat(2048), `e${'\u0301'.repeat(4000)}`, '"'.repeat(4096)]) {
    const people = {
      contact: { name: { first: value, last: value } },
      shop: { name: value, support_contact: value },
    }
    for (const template of starterTemplates.filter(({ locale }) => locale === 'it')) {
      const data = hostileData(template, value)
      for (const twin of twinsOf(template)) {
        expect(visibleText(renderStarter(twin, data, people).html)).not.toBe('')
      }
    }
  }
})
