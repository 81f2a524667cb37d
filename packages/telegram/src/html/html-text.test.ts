import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeHtml, escapeHtmlAttribute } from './escape-html.ts'
import { cutHtml } from './cut-html.ts'
import { splitHtml, visibleLength } from './html-text.ts'
import { parseAsTelegram } from './parse-as-telegram.ts'

/** One character as people see it, many of them made of several code points. */
const character = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }),
  fc.constantFrom('👩‍👩‍👧‍👦', '🇮🇹', 'é', 'é', '👍🏽', '가', ' ', '\n', '\n\n', '. ', '&', '<', '>', '"', '&amp;'),
)
const plain = fc.array(character, { maxLength: 30, size: 'max' }).map((characters) => characters.join(''))

const startTag = fc.constantFrom(
  '<b>',
  '<I>',
  '<tg-spoiler>',
  '<span class="tg-spoiler">',
  '<a href="https://shop.example/?a=1&amp;b=%22">',
  "<a href='tg://user?id=7'>",
  '<code class="language-ts">',
  '<blockquote expandable>',
)

const { html: validHtml } = fc.letrec<{ html: string; node: string }>((tie) => ({
  html: fc.array(tie('node'), { maxLength: 6 }).map((nodes) => nodes.join('')),
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    plain.map(escapeHtml),
    fc
      .tuple(startTag, tie('html'))
      .map(([tag, inner]) => `${tag}${inner}</${/<([\w-]+)/.exec(tag)?.[1] ?? ''}>`),
    fc.constantFrom('&lt;', '&gt;', '&amp;', '&quot;', '&#128077;', '&#x1F44D;', '&euro;', '&'),
  ),
}))

/** Whatever a template with a mistake may produce. */
const anyHtml = fc
  .array(
    fc.oneof(
      validHtml,
      startTag,
      fc.constantFrom('</b>', '</>', '<', '>', '<b', '<div>', '<br/>', '&#', '</a >'),
    ),
  )
  .map((parts) => parts.join(''))

test('escaped text shows as it was written, in text and in attributes', () => {
  fc.assert(
    fc.property(plain, (text) => {
      expect(parseAsTelegram(escapeHtml(text))).toBe(text)
      expect(parseAsTelegram(`<a href="${escapeHtmlAttribute(text)}">x</a>`)).toBe('x')
    }),
  )
})

test('the length is what Telegram’s own parser leaves', () => {
  fc.assert(
    fc.property(validHtml, (html) => {
      expect(visibleLength(html)).toBe(parseAsTelegram(html).length)
    }),
  )
})

test('pieces are valid, within the limit, and show the whole text in order', () => {
  fc.assert(
    fc.property(validHtml, fc.integer({ min: 20, max: 90 }), (html, limit) => {
      const shown = splitHtml(html, limit).map(parseAsTelegram)
      for (const piece of shown) expect(piece.length).toBeLessThanOrEqual(limit)
      // Of what is left out, only that it shows nothing is promised.
      expect(shown.join('').replaceAll(/\s/g, '')).toBe(parseAsTelegram(html).replaceAll(/\s/g, ''))
      if (!/\s{10}/.test(parseAsTelegram(html)))
        expect(shown.join('').trim()).toBe(parseAsTelegram(html).trim())
    }),
    { numRuns: 300 },
  )
})

test('no character is torn apart', () => {
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
  const count = (text: string) => [...segmenter.segment(text)].length
  fc.assert(
    fc.property(validHtml, fc.integer({ min: 40, max: 90 }), (html, limit) => {
      const whole = parseAsTelegram(html)
      // A character longer than the limit has to be torn.
      fc.pre([...segmenter.segment(whole)].every(({ segment }) => segment.length <= limit))
      const shown = splitHtml(html, limit).map(parseAsTelegram)
      fc.pre(shown.join('') === whole)
      expect(shown.reduce((sum, piece) => sum + count(piece), 0)).toBe(count(whole))
      for (const piece of shown) expect(piece.isWellFormed()).toBe(true)
    }),
  )
})

test('whatever it is given, a piece or a cut is something Telegram can read', () => {
  fc.assert(
    fc.property(
      fc.oneof(anyHtml, fc.string({ unit: 'binary' })),
      fc.integer({ min: 2, max: 60 }),
      (html, limit) => {
        for (const piece of splitHtml(html, limit))
          expect(parseAsTelegram(piece).length).toBeLessThanOrEqual(limit)
        expect(parseAsTelegram(cutHtml(html, limit)).length).toBeLessThanOrEqual(limit)
      },
    ),
    { numRuns: 500 },
  )
})

test('a cut shows the beginning of the text', () => {
  fc.assert(
    fc.property(validHtml, fc.integer({ min: 0, max: 90 }), (html, limit) => {
      const whole = parseAsTelegram(html)
      const cut = parseAsTelegram(cutHtml(html, limit))
      expect(cut.length).toBeLessThanOrEqual(limit)
      if (whole.length <= limit) expect(cut).toBe(whole)
      else expect(whole.startsWith(cut.replace(/…$/, ''))).toBe(true)
    }),
  )
})

test.for([
  { html: '<b>one two three</b>', limit: 8, pieces: ['<b>one two </b>', '<b>three</b>'] },
  { html: 'a &amp; b &lt; c', limit: 6, pieces: ['a &amp; b ', '&lt; c'] },
  { html: 'first line\nsecond', limit: 14, pieces: ['first line\n', 'second'] },
  {
    html: '<a href="https://x.example"><i>abcdef</i></a>',
    limit: 4,
    pieces: ['<a href="https://x.example"><i>abcd</i></a>', '<a href="https://x.example"><i>ef</i></a>'],
  },
  { html: '<b>abcd</b><i>efgh</i>', limit: 4, pieces: ['<b>abcd</b>', '<i>efgh</i>'] },
  { html: '🇮🇹🇺🇦🇩🇪', limit: 9, pieces: ['🇮🇹🇺🇦', '🇩🇪'] },
  { html: ' '.repeat(40), limit: 10, pieces: [] },
  { html: '', limit: 10, pieces: [] },
])('$html splits at $limit', ({ html, limit, pieces }) => {
  expect(splitHtml(html, limit)).toEqual(pieces)
})

test.for([
  { html: 'short', limit: 5, cut: 'short' },
  { html: '<b>a long word</b> and more', limit: 7, cut: '<b>a long…</b>' },
  { html: '<b>ab</b>cd', limit: 3, cut: '<b>ab</b>…' },
  { html: '&lt;&lt;&lt;&lt;', limit: 3, cut: '&lt;&lt;…' },
  { html: 'x👩‍👩‍👧‍👦y', limit: 6, cut: 'x…' },
  { html: 'abc', limit: 0, cut: '' },
])('$html cuts at $limit to $cut', ({ html, limit, cut }) => {
  expect(cutHtml(html, limit)).toBe(cut)
})

test('a piece stays below the 32,768 bytes Telegram reads, however much of it is markup', () => {
  const html = `<a href="https://shop.example/${'x'.repeat(400)}">ab</a> `.repeat(400)
  const pieces = splitHtml(html, 4_096)
  for (const piece of pieces) expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(32_768)
  expect(pieces.map(parseAsTelegram).join('').trim()).toBe(parseAsTelegram(html).trim())
})

test('a hostile text takes no longer than a plain one', () => {
  for (const part of ['<b <b ', '<a x="', '&', '<', '<a b c d ', '</', '&#', '<b>x', '\u0301']) {
    const html = part.repeat(Math.floor(60_000 / part.length))
    const pieces = splitHtml(html, 4_096)
    expect(pieces.length).toBeGreaterThan(0)
    expect(pieces.reduce((sum, piece) => sum + piece.length, 0)).toBeLessThan(1_000_000)
  }
})

test('what Telegram would refuse as a tag shows as text', () => {
  expect(parseAsTelegram(cutHtml('<div>1 < 2</b> <b/>', 100))).toBe('<div>1 < 2</b> <b/>')
  expect(cutHtml('<b>open', 100)).toBe('<b>open</b>')
})
