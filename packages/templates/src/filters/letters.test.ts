import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyFilter } from './apply-for-tests.ts'

const FAMILY = '👨‍👩‍👧'

test('letters change their size as the language does it', () => {
  expect(applyFilter('upper', 'città ß', [])).toBe('CITTÀ SS')
  expect(applyFilter('upper', 'istanbul', [], { locale: 'tr' })).toBe('İSTANBUL')
  expect(applyFilter('lower', 'КИЇВ', [], { locale: 'uk' })).toBe('київ')
})

test('capitalize makes the first letter large and leaves the others', () => {
  expect(applyFilter('capitalize', 'oggi da McDonald', [])).toBe('Oggi da McDonald')
  expect(applyFilter('capitalize', 'їжак', [], { locale: 'uk' })).toBe('Їжак')
  expect(applyFilter('capitalize', '', [])).toBe('')
})

test('trim takes the blanks around, a hundred thousand as fast as one', () => {
  expect(applyFilter('trim', `${' '.repeat(100_000)}a b${'\n'.repeat(100_000)}`, [])).toBe('a b')
})

test.each([
  ['Piatto fondo', 12, 'Piatto fondo'],
  ['Piatto fondo', 8, 'Piatto…'],
  ['Piatto fondo', 9, 'Piatto f…'],
  ['perché', 5, 'perc…'],
  ['perche\u0301', 6, 'perche\u0301'],
  ['perche\u0301!', 6, 'perch…'],
  ['😀😀😀', 2, '😀…'],
  [`${FAMILY}${FAMILY}a`, 20, `${FAMILY}${FAMILY}a`],
  ['abc', 1, '…'],
])('%j cut to %i visible characters is %j', (text, maxChars, cut) => {
  expect(applyFilter('truncate', text, [maxChars])).toBe(cut)
})

test('an ending of one’s own takes the place of the dots', () => {
  expect(applyFilter('truncate', 'abcdef', [3, ''])).toBe('abc')
  expect(applyFilter('truncate', 'abcdef', [5, ' →'])).toBe('abc →')
})

test('a cut text is never longer than asked for, in characters and twice that in units, nor broken', () => {
  const unit = fc.constantFrom('a', 'é', 'e\u0301', '😀', FAMILY, '🇮🇹', 'क्ष', ' ', '\u0301'.repeat(50))
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 60 }), fc.integer({ min: 1, max: 40 }), (text, maxChars) => {
      const cut = String(applyFilter('truncate', text, [maxChars]))
      expect(Array.from(new Intl.Segmenter('it').segment(cut)).length).toBeLessThanOrEqual(maxChars)
      expect(cut.length).toBeLessThanOrEqual(2 * maxChars)
      expect(cut.isWellFormed()).toBe(true)
    }),
  )
})

test.each([[[0]], [[-1]], [[1.5]], [['5']], [[5, 5]], [[2, '...']]])(
  'truncate refuses %j',
  (filterArguments) => {
    expect(() => applyFilter('truncate', 'abc', filterArguments)).toThrow('takes')
  },
)

test('a list or a group of fields is no text', () => {
  for (const name of ['upper', 'lower', 'capitalize', 'trim', 'phone', 'order_status']) {
    expect(() => applyFilter(name, ['a'], [])).toThrow('takes a text')
    expect(() => applyFilter(name, { toString: 'a' }, [])).toThrow('takes a text')
  }
})

test('simple texts, which are not taken apart, are cut and counted as all others', () => {
  const unit = fc.constantFrom('a', 'Z', ' ', 'é', 'ß', 'ж', 'Ґ', '\u02ff', '\u0482', '\u052f', '"')
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 30 }), fc.integer({ min: 1, max: 20 }), (text, maxChars) => {
      const graphemes = Array.from(new Intl.Segmenter('it').segment(text), ({ segment }) => segment)
      expect(applyFilter('length', text, [])).toBe(graphemes.length)
      const cut = graphemes
        .slice(0, maxChars - 1)
        .join('')
        .trimEnd()
      expect(applyFilter('truncate', text, [maxChars])).toBe(graphemes.length > maxChars ? `${cut}…` : text)
    }),
  )
})
