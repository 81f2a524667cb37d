import { expect, test } from 'vitest'
import { EXAMPLES } from '../examples/examples.ts'
import { EVENT_KINDS, type EventKind } from '../kind.ts'
import { changedExample } from './changed-example.ts'
import { fingerprintOf } from './fingerprint-of.ts'
import { parseEvent, type ShopEvent } from './parse-event.ts'
import { structuredFromHeaders } from './structured-from-headers.ts'

const NOW_MS = Date.parse('2026-11-21T09:00:00Z')
const KIND: EventKind = 'order.status_changed'
const ATTRIBUTES = {
  id: 'evt-1',
  source: '/erp',
  type: KIND,
  time: '2026-11-20T16:05:00+01:00',
  subject: 'Ordine 2026/1143 – “Melograno” 🎁',
  partitionkey: 'ord-1143',
  sequence: '00042',
  expirytime: '2026-11-22T00:00:00Z',
}
const { data } = EXAMPLES[KIND]

function read(input: unknown): ShopEvent {
  const parsed = parseEvent(input, { nowMs: NOW_MS })
  if (parsed.status === 'invalid') throw new Error(JSON.stringify(parsed.issues))
  return parsed.event
}

/** As the HTTP binding writes a value: everything but printable ASCII, blank, double quote and percent encoded. */
function encodeHeader(value: string): string {
  return value.replace(/[^\u0021-\u007e]|["%]/gu, (character) => encodeURIComponent(character))
}

test('structured, short and binary are the same event', () => {
  const structured = read({ specversion: '1.0', datacontenttype: 'application/json', ...ATTRIBUTES, data })
  const short = read({ ...ATTRIBUTES, data })
  const headers = Object.entries(ATTRIBUTES).map(([name, value]) => [`CE-${name}`, encodeHeader(value)])
  const binary = read(
    structuredFromHeaders(
      {
        ...Object.fromEntries(headers),
        'ce-specversion': '1.0',
        'content-type': 'application/json; charset=utf-8',
      },
      data,
    ),
  )
  expect(short).toEqual(structured)
  expect(binary).toEqual(structured)
  expect(new Set([structured, short, binary].map((event) => fingerprintOf(event))).size).toBe(1)
})

test('an event is kept in one form: times in UTC, locales as BCP 47 writes them, Windows line ends gone', () => {
  const event = read({
    ...ATTRIBUTES,
    data: { ...data, note: 'una\r\ndue', customer: { external_id: 'c', locale: 'it-it' } },
  })
  expect(event).toMatchObject({
    time: '2026-11-20T15:05:00.000Z',
    data: {
      note: 'una\ndue',
      customer: { locale: 'it-IT' },
      order: { placed_at: '2025-11-18T17:42:10.000Z' },
    },
  })
})

test('a short form without source comes from "/"', () => {
  expect(read({ type: KIND, id: '1', data }).source).toBe('/')
})

test('the short form takes no attribute beside its own', () => {
  for (const name of ['datacontenttype', 'traceparent', 'myextension', 'dataref', 'shop']) {
    expect(parseEvent({ type: KIND, id: '1', data, [name]: 'x' }, { nowMs: NOW_MS })).toMatchObject({
      status: 'invalid',
      issues: [{ pointer: `/${name}`, code: 'unknown_field' }],
    })
  }
})

test('an unknown extension is taken and changes nothing; an attribute that is null is not there', () => {
  const plain = read({ specversion: '1.0', ...ATTRIBUTES, data })
  const extended = read({
    specversion: '1.0',
    ...ATTRIBUTES,
    data,
    severitynumber: 9,
    myext: 'x',
    flag: true,
    subject: ATTRIBUTES.subject,
    dataschema: 'https://shop.example/schema.json',
    correlationid: null,
    dataref: null,
  })
  expect(extended).toEqual(plain)
})

test('the trace context is kept for the trail, and a new trace is no new event', () => {
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
  const traced = read({ specversion: '1.0', ...ATTRIBUTES, data, traceparent, tracestate: 'a=1' })
  expect(traced).toMatchObject({ traceparent, tracestate: 'a=1' })
  expect(fingerprintOf(traced)).toBe(fingerprintOf(read({ ...ATTRIBUTES, data })))
})

test('any other difference makes another fingerprint', () => {
  const prints = [
    EXAMPLES[KIND],
    { ...EXAMPLES[KIND], id: 'other' },
    { ...EXAMPLES[KIND], source: '/other' },
    { ...EXAMPLES[KIND], sequence: '2' },
    { ...EXAMPLES[KIND], time: undefined },
    { ...EXAMPLES[KIND], correlationid: 'x' },
    changedExample(KIND, '/data/order/status', 'delivered'),
    changedExample(KIND, '/data/extra/gift_wrapping', 1),
    changedExample(KIND, '/data/extra/gift_wrapping', '1'),
    changedExample(KIND, '/data/extra', undefined),
    changedExample(KIND, '/data/extra', {}),
  ].map((input) => fingerprintOf(read(input)))
  expect(new Set(prints).size).toBe(prints.length)
})

test('the order of members is no difference', () => {
  for (const kind of EVENT_KINDS) {
    const backwards: unknown = JSON.parse(JSON.stringify(EXAMPLES[kind]), (_name, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).toReversed())
        : value,
    )
    expect(Object.keys(Object(backwards))[0]).toBe('data')
    expect(fingerprintOf(read(backwards))).toBe(fingerprintOf(read(EXAMPLES[kind])))
  }
})

test('a kept event reads as itself', () => {
  for (const kind of EVENT_KINDS) {
    const event = read(EXAMPLES[kind])
    const again = read(JSON.parse(JSON.stringify(event)))
    expect(again).toEqual(event)
    expect(fingerprintOf(again)).toBe(fingerprintOf(event))
  }
})

test('a fingerprint stays what it was: what is repeated may have been kept long ago', () => {
  const prints = Object.fromEntries(EVENT_KINDS.map((kind) => [kind, fingerprintOf(read(EXAMPLES[kind]))]))
  expect(prints).toEqual({
    'order.status_changed': '4c561b641520098c170239ccef29d5b0ffc122c232bfc7403c395d0064e3db23',
    'cart.abandoned': 'ea7715742438bbaba47648bceb333c19f2dd8a74627435af31063160e47128fd',
    'message.created': '96dc6534549a0e9e0d1dfa910a8d8d3a9decdcc394726bc07c5f0f6ce9efd57b',
    'message.read': 'ea6a2eed05724739c94ef59cf75ed10f673df4f867f32086c5adf67f114ad7f3',
    'activity.status_changed': 'fdef072536bdb77d2336e460ebc13d9a78b862cdd1a21fcf5206a94955e3d3b8',
    'activity.acknowledged': 'ed3517aee98bb50dabedc907f1168b9e8929798f24013dbd3b55b8a4f0960c4d',
    'activity.due': 'fed428e3723559d9a3d1486ab869e3aa907f1404e60b5462d9027b8d8419e765',
    'file.uploaded': '1f4fae1936290eb5ddff7fc722d8525cddab045f6fefb35ced36784be4111029',
    'file.accessed': 'b890d423ca2b53e462240b016a9e19ef3158d8e0e1ae99fa0533134e67012ac8',
  })
})
