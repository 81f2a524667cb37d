import { templateContentSchema, type TemplateContent } from '@postino/domain'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTemplate } from './read-template.ts'
import { writeTemplate } from './write-template.ts'

// Neither Postgres nor Telegram takes them.
const CONTROL = /(?![\n\t\u007f-\u009f])\p{Cc}/u

/** Lines with blanks and tabs around them, what YAML reads otherwise, and letters of everywhere. */
const line = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '  ',
    '\t',
    '---',
    '...',
    '%TAG',
    '#',
    '# no comment',
    '- x',
    'a: b',
    '{{ order.number }}',
  ),
  fc.constantFrom(
    'yes',
    'null',
    '~',
    '0x1F',
    '1e3',
    '*a',
    '&a',
    '!b',
    '|',
    '>-',
    '"',
    "'",
    '\\n',
    '[',
    '{a}',
    '@',
    '`',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom(' ', '\t', 'a', '#', ':', '-', '"', "'", '\\', 'è', '\u2028', '\ufeff', '\u0085'),
  }),
)
const lines = fc.array(line, { minLength: 1, maxLength: 6 }).map((all) => all.join('\n'))
const source = lines.filter((text) => text !== '' && !CONTROL.test(text))
const option = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
const button = fc.oneof(
  fc.record({ text: source, url: source }),
  fc.record({ text: source, action: fc.stringMatching(/^[a-z0-9_]{1,32}$/) }),
  fc.record({ text: source, copy: source }),
)
const file = fc.oneof(
  fc.record({
    url: source,
    name: option(source),
    type: fc.constantFrom('auto', 'photo'),
    size: option(source),
  }),
  fc.record({ type: fc.constantFrom('photo', 'document'), file_id: source }),
)
const content = fc
  .record({
    text: source,
    preview: option(source),
    buttons: fc.array(fc.array(button, { minLength: 1, maxLength: 3 }), { maxLength: 3 }),
    media: option(fc.array(file, { maxLength: 3 })),
    silent: fc.boolean(),
    protect: option(fc.boolean()),
    on_unknown: option(fc.constantFrom('drop', 'hold')),
    quiet_hours: option(fc.constantFrom('send', 'wait')),
    collapse: option(fc.constantFrom('newest', 'all')),
    expires_after_seconds: option(fc.integer({ min: 60, max: 2_592_000 })),
  })
  .map((value) => templateContentSchema.safeParse(JSON.parse(JSON.stringify(value))))
  .filter((parsed) => parsed.success)
  .map((parsed) => parsed.data)

function read(text: string): TemplateContent {
  const outcome = readTemplate(Buffer.from(text))
  if (outcome.status === 'refused') throw new Error(JSON.stringify(outcome.flaws))
  return outcome.content
}

test('[PASS-19] whatever a template holds, its file gives it back, letter by letter, and always in the same bytes', () => {
  fc.assert(
    fc.property(content, (value) => {
      const written = writeTemplate(value)
      expect(read(written)).toEqual(value)
      expect(writeTemplate(read(written))).toBe(written)
      // Git on Windows, and a Windows editor.
      expect(read(`\ufeff${written.replaceAll('\n', '\r\n')}`)).toEqual(value)
    }),
    { numRuns: 300 },
  )
})

test('texts of several lines are literal blocks, and what is said of a line of theirs is found in the file', () => {
  fc.assert(
    fc.property(lines, (text) => {
      const parsed = templateContentSchema.safeParse({ text })
      fc.pre(parsed.success && /\S/.test(text) && !/(?![\n\t])\p{Cc}|\n[\t ]+$/u.test(text))
      const written = writeTemplate({ text, buttons: [], silent: false })
      expect(written).toMatch(/^text: \|/)
      const outcome = readTemplate(Buffer.from(written))
      text.split('\n').forEach((each, index) => {
        const place =
          outcome.status === 'read' && outcome.places.of({ at: 'text', line: index + 1, column: 1 })
        const { line: inFile, column } = place || { line: 0, column: 0 }
        expect(written.split('\n')[inFile - 1]?.slice(column - 1)).toBe(each)
      })
    }),
    { numRuns: 500 },
  )
})

test('the order of the fields of a content makes no difference', () => {
  const value = {
    silent: true,
    buttons: [[{ url: 'https://a.it', text: 'A' }]],
    text: 'x',
    collapse: 'all' as const,
  }
  const other = {
    collapse: 'all' as const,
    text: 'x',
    buttons: [[{ text: 'A', url: 'https://a.it' }]],
    silent: true,
  }
  expect(writeTemplate(value)).toBe(writeTemplate(other))
})

test('a file reads as a person would write it', () => {
  const value = templateContentSchema.parse({
    text: '📦 Order <b>{{ order.number }}</b> is on its way!\n\n{% if note %}\n  {{ note }} \n{% endif %}\nyours\n',
    preview: 'Your order',
    buttons: [
      [
        { text: 'Track', url: '{{ delivery.tracking_url | default("") }}' },
        { text: 'No', action: 'no' },
      ],
    ],
    media: [{ url: '{{ file.url }}' }, { type: 'photo', file_id: 'AgAC' }].slice(0, 1),
    silent: true,
    quiet_hours: 'wait',
  })
  expect(writeTemplate(value)).toBe(`text: |
  📦 Order <b>{{ order.number }}</b> is on its way!

  {% if note %}
    {{ note }}${' '}
  {% endif %}
  yours
preview: Your order
buttons:
  - - text: Track
      url: '{{ delivery.tracking_url | default("") }}'
    - text: "No"
      action: "no"
media:
  - url: "{{ file.url }}"
silent: true
quiet_hours: wait
`)
})

test('no control character stands in a file but tab and line end', () => {
  const written = writeTemplate({ text: 'a\u009b31mb\nc\t', buttons: [], silent: false })
  expect(written).toBe('text: "a\\x9b31mb\\nc\\t"\n')
  expect(read(written).text).toBe('a\u009b31mb\nc\t')
})

test('a text of one line is a block, too, so that a second line can be added', () => {
  expect(writeTemplate({ text: 'Ciao: tutto bene', buttons: [], silent: false })).toBe(
    'text: |-\n  Ciao: tutto bene\n',
  )
})
