import { MAX_DEPTH, MAX_MEMBERS } from '@postino/domain'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { scanBody } from './scan-body.ts'
import { MAX_FLAWS } from './scan-value.ts'

test('a text passes exactly when JSON.parse takes it', () => {
  const json = fc.json({ maxDepth: 4 })
  const broken = fc
    .tuple(
      json,
      fc.nat(),
      fc.constantFrom('', '"', '\\', '{', ']', ',', ':', '-', '0', '\u0001', '\u00a0', 'e'),
    )
    .map(([text, at, insert]) => {
      const place = at % (text.length + 1)
      return text.slice(0, place) + insert + text.slice(place + (at % 3))
    })
  fc.assert(
    fc.property(fc.oneof(json, broken), (text) => {
      const scanned = scanBody(text, 1_000)
      expect(scanned.status === 'malformed').toBe(!isJson(text))
    }),
    { numRuns: 2_000 },
  )
})

test('the parts of a body are what JSON.parse makes of it', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 3 }), (text) => {
      const scanned = scanBody(`\n ${text}\t`, 1_000)
      const value: unknown = JSON.parse(text)
      if (scanned.status === 'single') expect(JSON.parse(scanned.part.text)).toEqual(value)
      if (scanned.status === 'batch')
        expect(scanned.parts.map((part) => JSON.parse(part.text))).toEqual(value)
    }),
  )
})

test.each([
  ['', 0],
  ['{"a":1', 6],
  ['{"a" 1}', 5],
  ['{"a":1,}', 7],
  ['[1,]', 3],
  ['[1 2]', 3],
  ['{} {}', 3],
  ['[] []', 3],
  ['{"a":01}', 6],
  ['{"a":.5}', 5],
  ['{"a":NaN}', 5],
  ["{'a':1}", 1],
  ['{"a":"\n"}', 6],
  ['{"a":"\\x41"}', 6],
  ['{"a":"\\u12g4"}', 6],
  ['{a:1}', 1],
  ['// {}', 0],
  ['[[[', 3],
  ['\u{feff}{}', 0],
])('%j is not JSON, from character %i', (text, offset) => {
  expect(scanBody(text, 10)).toEqual({ status: 'malformed', offset })
})

test.each([
  ['{"a":1,"b":{"c":1,"c":2}}', '/b/c', 'duplicate_key'],
  ['{"a":1,"\\u0061":2}', '/a', 'duplicate_key'],
  ['{"a~b/c":1e400}', '/a~0b~1c', 'number_out_of_range'],
  ['{"__proto__":{"a":1,"a":2}}', '/__proto__/a', 'duplicate_key'],
  ['{"\\ud800\\u0000":1e400}', '/\u{fffd}\u{fffd}', 'number_out_of_range'],
  ['{"a":1e400}', '/a', 'number_out_of_range'],
  ['{"a":-1e400}', '/a', 'number_out_of_range'],
  ['{"a":1e-400}', '/a', 'number_out_of_range'],
  ['{"a":9007199254740993}', '/a', 'number_out_of_range'],
  [`{"a":${'9'.repeat(60_000)}}`, '/a', 'number_out_of_range'],
])('%.80s has a flaw at %s: %s', (text, pointer, code) => {
  const scanned = scanBody(text, 10)
  expect(scanned).toMatchObject({ status: 'single', part: { flaws: [{ pointer, code }] } })
})

test.each([
  '{"a":"\\ud83d\\ude00"}',
  '{"a":"\\\\u0000"}',
  '{"a":9007199254740991,"b":-0,"c":0e-400,"d":1.7976931348623157e308,"e":0.1}',
  '{"a":{"b":1},"c":{"b":1}}',
  '{"constructor":{"prototype":1},"toString":1}',
])('%s has no flaw', (text) => {
  expect(scanBody(text, 10)).toEqual({ status: 'single', part: { text, flaws: [] } })
})

test('values may be nested as deep as the limit, and no deeper, in every element of a batch', () => {
  const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
  const scanned = scanBody(`[${nested(MAX_DEPTH)},${nested(MAX_DEPTH + 1)}]`, 10)
  expect(scanned).toMatchObject({
    parts: [{ flaws: [] }, { flaws: [{ code: 'too_deep', pointer: '/a'.repeat(MAX_DEPTH) }] }],
  })
})

test('a million brackets break no stack', () => {
  const deep = '['.repeat(1_000_000) + ']'.repeat(1_000_000)
  expect(scanBody(`{"a":${deep}}`, 10)).toMatchObject({ part: { flaws: [{ code: 'too_deep' }] } })
  expect(scanBody(deep, 10)).toMatchObject({ parts: [{ flaws: [{ code: 'too_deep' }] }] })
  expect(scanBody('['.repeat(1_000_000), 10)).toMatchObject({ status: 'malformed' })
  expect(scanBody('{"a":'.repeat(1_000_000), 10)).toMatchObject({ status: 'malformed' })
})

test('members are counted over all objects and arrays of a value', () => {
  const members = (count: number) => `{"a":[${Array.from({ length: count - 1 }, () => '0').join()}]}`
  expect(scanBody(members(MAX_MEMBERS), 10)).toMatchObject({ part: { flaws: [] } })
  expect(scanBody(members(MAX_MEMBERS + 1), 10)).toMatchObject({
    part: { flaws: [{ code: 'too_many_members' }] },
  })
})

test('a body full of flaws is told the first ones', () => {
  const text = `{${Array.from({ length: 100 }, () => '"a":1e999').join()}}`
  const scanned = scanBody(text, 10)
  expect(scanned.status === 'single' && scanned.part.flaws).toHaveLength(MAX_FLAWS)
})

test('a pointer stays short, whatever the names', () => {
  const name = 'n'.repeat(10_000)
  const text = `${`{"${name}":`.repeat(MAX_DEPTH)}1e999${'}'.repeat(MAX_DEPTH)}`
  const scanned = scanBody(text, 10)
  expect(scanned.status === 'single' && scanned.part.flaws[0]?.pointer.length).toBeLessThanOrEqual(500)
})

test('the elements of an array are parts of their own, and counted', () => {
  expect(scanBody('[{"a":1} , 2,"x" ]', 3)).toEqual({
    status: 'batch',
    parts: [
      { text: '{"a":1}', flaws: [] },
      { text: '2', flaws: [] },
      { text: '"x"', flaws: [] },
    ],
  })
  expect(scanBody('[]', 3)).toEqual({ status: 'batch', parts: [] })
  expect(scanBody('[1,2,3,4]', 3)).toEqual({ status: 'too_many' })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
