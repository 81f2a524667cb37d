import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanText, escapeHtml, hasVisibleText } from './clean-text.ts'

test.each([
  ['a control character disappears', 'Ma\u0000rio\u0007\u009f', 'Mario'],
  ['a half surrogate becomes the replacement character', 'a\ud83db', 'a\ufffdb'],
  ['an override of the reading direction disappears', '\u202eoiraM\u2066\u200f\u061c', 'oiraM'],
  ['the name of a file cannot turn its ending', 'fattura\u202efdp.exe', 'fatturafdp.exe'],
  ['every embedding, override, isolate and mark of direction disappears', `a${BIDI()}b`, 'ab'],
  ['what hides between letters disappears', 'M\u200ba\u200dr\u2060i\ufeff\u00ado\u3164\ufffc', 'Mario'],
  ['an accent does not let a joiner hide behind it', 'e\u0301\u200de', 'ée'],
  ['tags without a flag disappear', 'a\u{E0041}\u{E007F}', 'a'],
  ['every kind of line break becomes a newline', 'a\r\nb\rc\u2028d\u0085e', 'a\nb\nc\nd\ne'],
  ['a tab becomes a blank', 'a\tb', 'a b'],
  ['a letter keeps its ring, which Telegram would take away', 'A\u030angstro\u0308m', 'Ångström'],
  [
    'accents at the beginning, which would stand on a letter of the template, disappear',
    '\u0338\u0301a',
    'a',
  ],
  ['a tower of accents is cut', `a${'\u0489'.repeat(100)}b`, `a${'\u0489'.repeat(8)}b`],
  ['joiners do not help a tower', `ک${'\u064b\u200d'.repeat(100)}ک`, `ک${'\u064b\u200d'.repeat(8)}ک`],
])('%s', (_guarantee, dirty, clean) => {
  expect(cleanText(dirty)).toBe(clean)
})

function BIDI(): string {
  return '\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u206a\u206f'
}

test.each([
  '👨‍👩‍👧',
  '👩🏽‍💻',
  '❤️',
  '1️⃣',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  '🏳️‍🌈',
  '👩‍❤️‍💋‍👨',
  '🇮🇹🇺🇦',
  'می‌خواهم',
  'क्‍ष',
  'र्‍',
  'മലയാളം ക്‍',
  'שָׁלוֹם עֲלֵיכֶם',
  'ٱلسَّلَامُ عَلَيْكُمْ',
  'ภาษาไทยที่นี่',
  '葛\u{E0100}飾区',
  'が',
  'Привіт, п’ятнице',
  'Nguyễn Thị',
  'Ω̄',
  'аррlе',
  'a\nb',
  '⠠⠓⠑⠇⠇⠕⠀⠠⠁',
])('%s stays as it is', (text) => {
  expect(cleanText(text)).toBe(text)
})

test.each([
  '\u200b\u2060',
  '\u2800',
  '\u3164\u115f',
  ' \u2800\ufffc',
  '\u{1D159}',
  '\u0301\u0301',
  '\u030a\u0333\u033f',
  '\u{E0001}',
])('a name of which nothing can be seen is blank: %j', (name) => {
  expect(cleanText(name).trim()).toBe('')
  expect(hasVisibleText(name)).toBe(name === '\u0301\u0301')
})

test('a joiner with nothing to join disappears', () => {
  expect(cleanText('👨\u200d \u200d!')).toBe('👨 !')
  expect(cleanText('می\u200c\u200cخ')).toBe('میخ')
})

/** Characters that mean something, close together. */
const unit = fc.oneof(
  fc.constantFrom(
    ...Array.from(
      'ae\u0301\u030a\u0338\u0489\u064bکमि葛👩👨❤🏽🏴1#\u{E0067}\u{E007F}\u{E0100}\ufe0f\u200c\u200d\u200b\u2800\ufffc\u202e\u0000\t\n\r ',
    ),
  ),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
)

test('whatever goes in, nothing comes out that a second cleaning would change, and no control character', () => {
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 40 }), (text) => {
      const clean = cleanText(text)
      expect(clean.isWellFormed()).toBe(true)
      expect(clean).not.toMatch(
        /[^\P{Cc}\n]|[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffc]/u,
      )
      expect(clean).not.toMatch(/^\p{M}|(?:\p{M}[\u200c\u200d]?){9}/u)
      expect(cleanText(clean)).toBe(clean)
    }),
    { numRuns: 5_000 },
  )
})

test('what is taken for harmless at one look is what a second look would leave alone', () => {
  for (let code = 0; code < 0x1_00_00; code++) {
    const text = `a${String.fromCharCode(code)}`
    if (!text.isWellFormed()) continue
    // With a half surrogate in front, no text is harmless at one look.
    const looked = cleanText(`\ud800${text}`).replace('\ufffd', '')
    expect(cleanText(text).normalize('NFC')).toBe(looked)
  }
})

test('escaped text holds no character that could open a tag, an entity or leave an attribute', () => {
  expect(escapeHtml(`<b>"Tom" & 'Jerry'</b>`)).toBe(`&lt;b&gt;&quot;Tom&quot; &amp; 'Jerry'&lt;/b&gt;`)
  expect(escapeHtml('&lt;')).toBe('&amp;lt;')
})
