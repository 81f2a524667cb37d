import { expect, test } from 'vitest'
import { ProblemError } from '../problem/problem-error.ts'
import { decodeBody, malformedJson } from './decode-body.ts'

test.each([
  ['no byte at all', []],
  ['a byte that is no UTF-8', [0x22, 0xff, 0x22]],
  ['a character cut in half', [0x22, 0xf0, 0x9f, 0x98]],
  ['an overlong encoding', [0x22, 0xc0, 0x80, 0x22]],
  ['a surrogate in UTF-8', [0x22, 0xed, 0xa0, 0x80, 0x22]],
  ['Latin 1', [...Buffer.from('"café"', 'latin1')]],
  ['UTF-16', [...Buffer.from('{"a":"è"}', 'utf16le')]],
  ['a byte order mark', [0xef, 0xbb, 0xbf, 0x7b, 0x7d]],
])('%s is refused', (_name, bytes) => {
  expect(() => decodeBody(Buffer.from(bytes))).toThrow(ProblemError)
})

test('text comes out as it went in', () => {
  const text = '{"name":"Олена 😀 \u{feff} è"}'
  expect(decodeBody(Buffer.from(text))).toBe(text)
})

test('where a body is not JSON is told in lines and columns', () => {
  expect(malformedJson('{\n "a": x}', 8).message).toContain('line 2, column 7')
  expect(malformedJson('{', 1).message).toContain('ends too early')
})
