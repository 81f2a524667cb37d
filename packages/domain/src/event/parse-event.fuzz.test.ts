import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { EXAMPLES } from '../examples/examples.ts'
import { EVENT_KINDS } from '../kind.ts'
import { collapseKeyOf, deadlineOf, sequenceOf, stateOf } from './event-facts.ts'
import { fingerprintOf } from './fingerprint-of.ts'
import { MAX_ISSUES } from './issue.ts'
import { parseEvent } from './parse-event.ts'
import { recipientsOf } from './recipients-of.ts'

const NOW_MS = Date.parse('2026-11-21T09:00:00Z')
const ODD_NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  '0',
  'length',
  'a/b~c',
]

const oddName = fc.oneof(fc.constantFrom(...ODD_NAMES), fc.string({ unit: 'binary' }))
const oddValue = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSparseArray: true,
  }),
  fc.jsonValue(),
  fc.constantFrom(...ODD_NAMES, Number.NaN, -0, 1e308, '\0', '\ud800', null, undefined, [], {}),
)
const example = fc.constantFrom(...EVENT_KINDS).map((kind) => EXAMPLES[kind])

/** Puts odd values at odd places of a real event. */
const mutated = fc
  .tuple(example, fc.array(fc.tuple(fc.nat(), oddName, oddValue, fc.boolean()), { maxLength: 4 }))
  .map(([event, changes]) => {
    const copy = structuredClone(event)
    // Taken once: odd values are shared among runs and must stay as they are.
    const places = objectsIn(copy)
    for (const [at, name, value, isNew] of changes) {
      const place = places[at % places.length] ?? copy
      const names = Object.keys(place)
      define(place, isNew ? name : (names[at % names.length] ?? name), value)
    }
    return copy
  })

function objectsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return []
  return [value, ...Object.values(value).flatMap(objectsIn)]
}

function define(place: object, name: string, value: unknown): void {
  if (Array.isArray(place) && name === 'length') return
  Object.defineProperty(place, name, { value, enumerable: true, configurable: true, writable: true })
}

function checkAnswer(input: unknown): void {
  const before = Object.getOwnPropertyNames(Object.prototype).length
  const parsed = parseEvent(input, { nowMs: NOW_MS })
  expect(Object.getOwnPropertyNames(Object.prototype).length).toBe(before)
  if (parsed.status === 'invalid') {
    expect(parsed.issues.length).toBeGreaterThan(0)
    expect(parsed.issues.length).toBeLessThanOrEqual(MAX_ISSUES)
    for (const { pointer, code, detail } of parsed.issues) {
      expect(pointer).toMatch(/^(?:\/(?:[^~/]|~[01])*)*$/s)
      expect(code).toMatch(/^[a-z0-9]+(?:_[a-z0-9]+)*$/)
      expect(detail.length).toBeGreaterThan(5)
      expect(detail.isWellFormed()).toBe(true)
    }
    return
  }
  const { event } = parsed
  expect(fingerprintOf(event)).toMatch(/^[0-9a-f]{64}$/)
  expect(recipientsOf(event).length).toBeGreaterThan(0)
  expect(typeof stateOf(event) + typeof collapseKeyOf(event)).toBe('stringstring')
  expect([deadlineOf(event), sequenceOf(event)].every((fact) => fact === undefined || fact !== '')).toBe(true)
  expect(storable(JSON.stringify(event))).toBe(true)
  expect(parseEvent(JSON.parse(JSON.stringify(event)), { nowMs: NOW_MS })).toEqual(parsed)
}

/** What Postgres takes as jsonb: no NUL and no half of a pair, neither as it is nor escaped. */
function storable(json: string): boolean {
  return json.isWellFormed() && !/\\u(?:0000|d[89a-f])/i.test(json.replaceAll('\\\\', ''))
}

test('any value at all gets an answer', () => {
  fc.assert(fc.property(oddValue, checkAnswer), { numRuns: 300 })
})

test('any JSON object that looks like an event gets an answer', () => {
  const looksLikeOne = fc.record(
    {
      specversion: fc.oneof(fc.constant('1.0'), oddValue),
      type: fc.oneof(fc.constantFrom<unknown>(...EVENT_KINDS, ...ODD_NAMES), oddValue),
      id: fc.oneof(fc.constant('1'), oddValue),
      source: fc.oneof(fc.constant('/'), oddValue),
      data: fc.oneof(
        example.map(({ data }): unknown => data),
        oddValue,
      ),
    },
    { requiredKeys: [] },
  )
  fc.assert(fc.property(looksLikeOne, checkAnswer), { numRuns: 300 })
})

test('a real event with odd values in it gets an answer, and what is taken can be stored and read again', () => {
  fc.assert(fc.property(mutated, checkAnswer), { numRuns: 1000 })
})

test('whatever JSON object is extra is taken as it is, or refused with the reason', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), (extra) => {
      const input = { type: 'file.uploaded', id: '1', data: { ...EXAMPLES['file.uploaded'].data, extra } }
      const parsed = parseEvent(input, { nowMs: NOW_MS })
      checkAnswer(input)
      if (parsed.status === 'valid') {
        const kept = JSON.stringify(extra).replaceAll(String.raw`\r\n`, String.raw`\n`)
        expect(JSON.stringify(parsed.event.data.extra)).toBe(kept)
      }
    }),
  )
})
