import { EVENT_KINDS, EXAMPLES, MAX_BATCH_EVENTS, MAX_EVENT_BYTES } from '@postino/domain'
import { expect, test } from 'vitest'
import type { EventMediaType } from './event-media-types.ts'
import { readEvents, type EventsBody } from './read-events.ts'

const NOW_MS = Date.UTC(2026, 10, 21)
const ORDER = EXAMPLES['order.status_changed']

function read(text: string, more: Partial<EventsBody> = {}) {
  const reading = { origin: { shopId: '1', receivedOver: 'http' }, nowMs: NOW_MS } as const
  return readEvents({ bytes: Buffer.from(text), type: 'application/json', headers: {}, ...more }, reading)
}

test.each(EVENT_KINDS)('%s is read as a CloudEvent and in the short form', async (kind) => {
  const { id, type, data } = EXAMPLES[kind]
  const structured = await read(JSON.stringify(EXAMPLES[kind]), { type: 'application/cloudevents+json' })
  const short = await read(JSON.stringify({ id, type, data }))
  expect(structured).toMatchObject({
    isBatch: false,
    events: [{ status: 'valid', event: { eventId: id, kind: type } }],
  })
  expect(short).toMatchObject({
    isBatch: false,
    events: [{ status: 'valid', event: { eventId: id, kind: type } }],
  })
})

test('the binary mode says the same as the structured one', async () => {
  const { specversion, id, source, type, time, data } = ORDER
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'ce-specversion': specversion,
    'ce-id': id,
    'ce-source': source,
    'ce-type': type,
    'ce-time': time,
  }
  expect(await read(JSON.stringify(data), { headers })).toEqual(await read(JSON.stringify(ORDER)))
})

test('a header of the binary mode that was sent twice is refused', async () => {
  const headers = { 'ce-specversion': '1.0', 'ce-id': ['a', 'b'], 'ce-source': '/', 'ce-type': ORDER.type }
  const { events } = await read(JSON.stringify(ORDER.data), { headers })
  expect(events).toMatchObject([{ status: 'invalid', issues: [{ pointer: '/id' }] }])
})

test('what is wrong with the data of the binary mode is told from the event', async () => {
  const headers = { 'ce-specversion': '1.0', 'ce-id': 'a', 'ce-source': '/', 'ce-type': ORDER.type }
  const { events } = await read('{"order":{"id":"1","id":"2"}}', { headers })
  expect(events).toMatchObject([{ issues: [{ pointer: '/data/order/id', code: 'duplicate_key' }] }])
})

test('every event of a batch stands for itself', async () => {
  const { id: _id, ...nameless } = ORDER
  const parts = [
    JSON.stringify(ORDER),
    '{"id":"a","id":"b"}',
    '7',
    JSON.stringify(nameless),
    `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
    JSON.stringify({ ...ORDER, data: { ...ORDER.data, extra: { text: Array(20).fill('x'.repeat(4_000)) } } }),
    JSON.stringify({ ...ORDER, id: 'last' }),
  ]
  const { isBatch, events } = await read(`[${parts.join(' , ')}]`)
  expect(isBatch).toBe(true)
  expect(events).toMatchObject([
    { status: 'valid' },
    { issues: [{ pointer: '/id', code: 'duplicate_key' }] },
    { issues: [{ pointer: '', code: 'wrong_type' }] },
    { issues: [{ pointer: '/id', code: 'required' }] },
    { issues: [{ code: 'too_deep' }] },
    { issues: [{ pointer: '', code: 'too_large' }] },
    { status: 'valid', event: { eventId: 'last' } },
  ])
})

test.each<[string, string, EventMediaType, string]>([
  ['an empty batch', '[]', 'application/json', 'invalid-batch'],
  ['a batch sent as one CloudEvent', '[{}]', 'application/cloudevents+json', 'invalid-batch'],
  ['a CloudEvent sent as a batch', '{}', 'application/cloudevents-batch+json', 'invalid-batch'],
  [
    'more events than a batch may have',
    `[${Array(MAX_BATCH_EVENTS + 1)
      .fill('{}')
      .join()}]`,
    'application/json',
    'too-large',
  ],
  ['one event above its limit', `{"a":"${'x'.repeat(MAX_EVENT_BYTES)}"}`, 'application/json', 'too-large'],
  ['an event padded with blanks', `{}${' '.repeat(MAX_EVENT_BYTES)}`, 'application/json', 'too-large'],
  ['no JSON', '{"a":}', 'application/json', 'malformed-body'],
  ['a batch whose last event is cut', '[{"a":1},{"a":', 'application/json', 'malformed-body'],
])('%s is refused as a whole', async (_name, text, type, code) => {
  await expect(read(text, { type })).rejects.toMatchObject({ code })
})

test('a batch with ce- headers is refused: which event would they be of?', async () => {
  await expect(read('[{}]', { headers: { 'ce-id': 'a' } })).rejects.toMatchObject({ code: 'invalid-batch' })
})

test.each([
  ['{"data":{"a":"x\\u0000"}}', 'nul_character'],
  ['{"data":{"a":"\\ud800"}}', 'lone_surrogate'],
  ['{"data":{"__proto__":{"a":1}}}', 'forbidden_key'],
  ['{"data":{"a":1e400}}', 'number_out_of_range'],
])('%s is invalid: %s', async (text, code) => {
  const { events } = await read(text)
  expect(events).toMatchObject([{ status: 'invalid', issues: [{ code }] }])
})
