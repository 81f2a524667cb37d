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
  expect(new Set([structured, short, binary].map(fingerprintOf)).size).toBe(1)
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
