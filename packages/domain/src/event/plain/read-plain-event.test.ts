import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from '../../canonical-json.ts'
import { EXAMPLES } from '../../examples/examples.ts'
import { ORDER_STATUS_CHANGED_DATA } from '../../examples/order.ts'
import { EVENT_KINDS } from '../../kind.ts'
import { parseEvent } from '../parse-event.ts'
import { readPlainEvent } from './read-plain-event.ts'

const NOW_MS = Date.parse('2026-11-21T09:00:00Z')
const ORDER = { ...EXAMPLES['order.status_changed'], data: ORDER_STATUS_CHANGED_DATA }
const EXTRA = {
  text: 'a “quoted” \\ one\n😀 è\u007f',
  list: [1, 0, -1.5, 9e15, true, null, []],
  '9': {},
  '10': 1,
}

function countNames(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const own = Array.isArray(value) ? 0 : Object.keys(value).length
  return Object.values(value).reduce((sum: number, member) => sum + countNames(member), own)
}

const read = (text: string) => readPlainEvent(text, { nowMs: NOW_MS, names: countNames(JSON.parse(text)) })

test.each(EVENT_KINDS)('%s is plain, as a CloudEvent and in the short form', (kind) => {
  const { id, type, data } = EXAMPLES[kind]
  for (const event of [EXAMPLES[kind], { id, type, data }, { id, type, data, source: '/erp', sequence: '7' }])
    expectSame(JSON.stringify(event), 'plain')
})

test.each([
  [
    'times in any zone, a locale in any case',
    { ...ORDER, time: '2026-11-20T00:30:00+01:00', data: withLocale('it-it') },
  ],
  ['whatever a shop keeps in extra', { ...ORDER, data: { ...ORDER.data, extra: EXTRA } }],
  ['a wire attribute', { ...ORDER, datacontenttype: 'application/json', dataschema: '/schema' }],
  ['a trace', { ...ORDER, traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' }],
  [
    'a number or a text in a sequence',
    { ...ORDER, data: { ...ORDER.data, order: { ...ORDER.data.order, sequence: 0 } } },
  ],
])('%s is plain', (_name, event) => {
  expectSame(JSON.stringify(event), 'plain')
})

test.each([
  ['a name twice', `{"id":"0",${JSON.stringify(ORDER).slice(1)}`, 1],
  ['no JSON', JSON.stringify(ORDER).slice(1), 0],
  ['a list', `[${JSON.stringify(ORDER)}]`, 0],
])('%s asks for a closer look', (_name, text, more) => {
  const names = countNames(ORDER) + more
  expect(readPlainEvent(text, { nowMs: NOW_MS, names })).toBeUndefined()
})

test.each([
  ['an extension', { ...ORDER, myext: 'x' }],
  ['an attribute that is null', { ...ORDER, subject: null }],
  ['an unknown field', { ...ORDER, data: { ...ORDER.data, colour: 'red' } }],
  ['a Windows line end', { ...ORDER, subject: 'one\r\ntwo' }],
  ['a time too far ahead', { ...ORDER, time: '2026-11-23T00:00:00Z' }],
  ['a NUL', { ...ORDER, data: { ...ORDER.data, extra: { a: '\0' } } }],
  ['half a character', { ...ORDER, data: { ...ORDER.data, extra: { '\ud800': 1 } } }],
  ['a name that is none', { ...ORDER, data: { ...ORDER.data, extra: JSON.parse('{"__proto__":1}') } }],
  ['more members than may be', { ...ORDER, data: { ...ORDER.data, extra: { a: Array(2_000).fill(0) } } }],
  [
    'too deep a list',
    { ...ORDER, data: { ...ORDER.data, extra: JSON.parse(`{"a":${'['.repeat(18)}${']'.repeat(18)}}`) } },
  ],
])('%s asks for a closer look', (_name, event) => {
  expect(read(JSON.stringify(event))).toBeUndefined()
})

test.each(['1e-400', '-0', '1e400', '9007199254740993', `0.${'0'.repeat(400)}1`])(
  'the number %.20s asks for a closer look',
  (number) => {
    const text = JSON.stringify({ ...ORDER, data: { ...ORDER.data, extra: { a: 4711 } } })
    expect(read(text.replace('4711', number))).toBeUndefined()
  },
)

test('what is read of any event is what a close look finds', () => {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom<unknown>(
      '',
      ' ',
      '2026-11-21T09:00:00+01:00',
      '2040-01-01T00:00:00Z',
      '1.0',
      0,
      -1,
      'it-IT',
      {},
      [],
    ),
  )
  const change = fc.record({
    at: fc.nat(),
    name: fc.oneof(fc.string(), fc.constantFrom('extra', 'to')),
    value,
    how: fc.nat(3),
  })
  fc.assert(
    fc.property(fc.constantFrom(...EVENT_KINDS), fc.array(change, { maxLength: 3 }), (kind, changes) => {
      const event: object = JSON.parse(
        JSON.stringify({ ...EXAMPLES[kind], data: { ...EXAMPLES[kind].data, extra: EXTRA } }),
      )
      const places = objectsIn(event)
      for (const { at, name, value: given, how } of changes) {
        const place = places[at % places.length] ?? event
        const names = Object.keys(place)
        const own = names[at % Math.max(1, names.length)] ?? name
        if (how === 0) Reflect.deleteProperty(place, own)
        else define(place, how === 1 ? name : own, given)
      }
      expectSame(JSON.stringify(event))
    }),
    { numRuns: 500 },
  )
})

function withLocale(locale: string) {
  return { ...ORDER.data, customer: { ...ORDER.data.customer, locale } }
}

function expectSame(text: string, wanted?: 'plain'): void {
  const closely = parseEvent(JSON.parse(text), { nowMs: NOW_MS })
  const plain = read(text)
  if (wanted === 'plain') expect(plain).toBeDefined()
  if (plain === undefined) return
  expect({ status: 'valid', event: plain.event }).toEqual(closely)
  expect(plain.json).toBe(canonicalJson(plain.event))
}

function objectsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return []
  return [value, ...Object.values(value).flatMap(objectsIn)]
}

function define(place: object, name: string, value: unknown): void {
  if (Array.isArray(place) && name === 'length') return
  Object.defineProperty(place, name, { value, enumerable: true, configurable: true, writable: true })
}
