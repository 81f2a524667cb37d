import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanText, escapeHtml } from './clean-text.ts'

test.each([
  ['a control character disappears', 'Ma\u0000rio\u0007\u009f', 'Mario'],
  ['a half surrogate becomes the replacement character', 'a\ud83db', 'a\ufffdb'],
  ['an override of the reading direction disappears', '\u202eoiraM\u2066\u200f\u061c', 'oiraM'],
  ['what hides between letters disappears', 'M\u200ba\u200dr\u2060i\ufeff\u00ado\u3164', 'Mario'],
  ['every kind of line break becomes a newline', 'a\r\nb\rc\u2028d\u0085e', 'a\nb\nc\nd\ne'],
  ['a tab becomes a blank', 'a\tb', 'a b'],
])('%s', (_guarantee, dirty, clean) => {
  expect(cleanText(dirty)).toBe(clean)
})

test.each(['👨‍👩‍👧', '👩🏽‍💻', '❤️', '1️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏳️‍🌈', 'می‌خواهم', 'क्‍ष', 'Привіт, п’ятнице', 'a\nb'])(
  '%s stays as it is',
  (text) => {
    expect(cleanText(text)).toBe(text)
  },
)

test('a joiner with nothing to join disappears', () => {
  expect(cleanText('👨\u200d \u200d!')).toBe('👨 !')
  expect(cleanText('می\u200c\u200cخ')).toBe('میخ')
})

test('whatever goes in, nothing comes out that a second cleaning would change, and no control character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      const clean = cleanText(text)
      expect(clean.isWellFormed()).toBe(true)
      expect(clean).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u)
      expect(cleanText(clean)).toBe(clean)
    }),
    { numRuns: 500 },
  )
})

test('escaped text holds no character that could open a tag, an entity or leave an attribute', () => {
  expect(escapeHtml(`<b>"Tom" & 'Jerry'</b>`)).toBe(`&lt;b&gt;&quot;Tom&quot; &amp; 'Jerry'&lt;/b&gt;`)
  expect(escapeHtml('&lt;')).toBe('&amp;lt;')
})
