import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { toAsciiJson } from './ascii-json.ts'

test('everything beyond ASCII is escaped in lower case, slashes and quotes as usual', () => {
  expect(toAsciiJson({ text: 'Ð😀/"\u007f\u0001' })).toBe(
    String.raw`{"text":"\u00d0\ud83d\ude00/\"` + '\u007f' + String.raw`\u0001"}`,
  )
})

test('the escaped JSON means the same and is ASCII', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const json = toAsciiJson(value)
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)))
      expect(Buffer.byteLength(json)).toBe(json.length)
    }),
  )
})
