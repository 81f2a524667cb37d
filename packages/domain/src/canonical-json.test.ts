import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

test('members stand in the order of their names, absent ones not at all', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: 1e21, z: undefined, '': -0 })).toBe(
    '{"":0,"a":1e+21,"b":[1,{"c":"x","d":null}]}',
  )
})

test('the text means the value, and does not depend on the order of members', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = canonicalJson(value)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      expect(canonicalJson(reversed(JSON.parse(text)))).toBe(text)
    }),
  )
})

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, reversed(member)]),
  )
}
