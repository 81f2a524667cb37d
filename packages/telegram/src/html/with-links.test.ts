import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAsTelegram } from './parse-as-telegram.ts'
import { withLinks } from './with-links.ts'

const PDF = { url: 'https://shop.example/a?x=1&y="2"', name: 'Fattura <12> & co.pdf' }
const ZIP = { url: 'https://shop.example/b.zip', name: 'b.zip' }

const html = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<b>',
        '</b>',
        '<a href="https://x.example">',
        '</a>',
        '<',
        '&lt;',
        '&',
        '<div>',
        '\n\n',
        ' ',
      ),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''))

const link = fc.record({
  url: fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.string({ unit: 'binary' })),
  name: fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
  ),
})

test('each link stands on its own line below the text, and nothing of it is obeyed', () => {
  expect(withLinks('<b>Ciao</b>', [PDF, ZIP], 4_096)).toBe(
    '<b>Ciao</b>\n\n' +
      '<a href="https://shop.example/a?x=1&amp;y=&quot;2&quot;">Fattura &lt;12&gt; &amp; co.pdf</a>\n' +
      '<a href="https://shop.example/b.zip">b.zip</a>',
  )
})

test('a message without links is only cut, one without a text is its links', () => {
  expect(withLinks('<b>one two three</b>', [], 9)).toBe('<b>one two…</b>')
  expect(withLinks(' <b>\n</b>', [ZIP], 100)).toBe('<a href="https://shop.example/b.zip">b.zip</a>')
})

test('what does not fit is cut from the text, not from the links', () => {
  const text = 'x'.repeat(5_000)
  for (const limit of [50, 1_024, 4_096]) {
    const shown = parseAsTelegram(withLinks(text, [PDF, ZIP], limit))
    expect(shown).toHaveLength(limit)
    expect(shown.endsWith(`…\n\n${PDF.name}\nb.zip`)).toBe(true)
  }
  expect(parseAsTelegram(withLinks(text, [PDF, ZIP], 28))).toBe(`${PDF.name}\nb.zip`)
})

test('links that do not fit by themselves have short names, then the last ones go', () => {
  const links = Array.from({ length: 10 }, (_, index) => ({ ...ZIP, name: `${index}${'x'.repeat(30)}` }))
  const shown = parseAsTelegram(withLinks('text', links, 99)).split('\n')
  expect(shown).toEqual(links.map(({ name }) => `${name.slice(0, 8)}…`.slice(-9)))
  expect(parseAsTelegram(withLinks('text', links, 5))).toBe('0\n1\n2')
  expect(withLinks('text', links, 0)).toBe('')
})

test('a link without a name can be tapped all the same', () => {
  expect(parseAsTelegram(withLinks('', [{ ...ZIP, name: ' \u200b\n' }], 100))).toBe('link')
})

test('ten links of the longest addresses leave what they can of the text', () => {
  const links = Array.from({ length: 10 }, () => ({
    url: `https://shop.example/${'x'.repeat(2_000)}`,
    name: 'a',
  }))
  const marked = `<a href="https://shop.example/${'y'.repeat(300)}">ab</a> `.repeat(90)
  const result = withLinks(marked, links, 4_096)
  expect(Buffer.byteLength(result)).toBeLessThanOrEqual(32_768)
  expect(result.match(/x{2000}/g)).toHaveLength(10)
  expect(parseAsTelegram(result)).toMatch(/^ab ab ab/)
})

test('whatever is given, the result is valid, within its limits, and shows the links last', () => {
  fc.assert(
    fc.property(
      html,
      fc.array(link, { maxLength: 12 }),
      fc.integer({ min: 0, max: 300 }),
      (text, links, maxChars) => {
        const result = withLinks(text, links, maxChars)
        expect(parseAsTelegram(result).length).toBeLessThanOrEqual(maxChars)
        expect(Buffer.byteLength(result)).toBeLessThanOrEqual(32_768)
        // With a character for each name and the line ends between them, no link is left out.
        if (maxChars >= 2 * links.length)
          expect(result.split('<a href="').length - 1).toBeGreaterThanOrEqual(links.length)
      },
    ),
    { numRuns: 500 },
  )
})
