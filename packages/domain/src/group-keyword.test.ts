import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseGroupKeyword } from './group-keyword.ts'

test.each([
  ['vip', 'vip'],
  ['VIP', 'vip'],
  ['Акції', 'акції'],
  ['città-2026', 'città-2026'],
  // The e and its accent as two characters are the same word.
  ['cite\u0301', 'cité'],
  ['２０２６', '2026'],
])('%s is the keyword %s', (text, keyword) => expect(parseGroupKeyword(text)).toBe(keyword))

test.each(['', 'v', '-vip', '_vip', 'v i p', 'vip!', 'a'.repeat(33), '<b>', 'v\0p', '\u200bvip', '/vip'])(
  '%j is no keyword',
  (text) => expect(parseGroupKeyword(text)).toBeUndefined(),
)

test('a keyword is its own keyword', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
      const keyword = parseGroupKeyword(text)
      if (keyword !== undefined) expect(parseGroupKeyword(keyword)).toBe(keyword)
    }),
  )
})
