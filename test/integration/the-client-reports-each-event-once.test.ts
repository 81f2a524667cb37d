import {
  ConflictError,
  InvalidEventError,
  RefusedError,
  UnavailableError,
  type Retry,
  type ShortEvent,
} from '@postino/client'
import { MAX_BATCH_BYTES, MAX_EVENT_BYTES } from '@postino/domain'
import * as fc from 'fast-check'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import type { Fault } from '../support/fault-proxy.ts'
import { createClientsUnderTest, shopEvent } from './client-under-test.ts'
import { countRows } from './ingest-under-test.ts'

const { createClient, database, proxy, key } = await createClientsUnderTest()

async function eventsAdded(work: () => Promise<unknown>): Promise<number> {
  const before = await countRows(database)
  await work()
  return (await countRows(database)).events - before.events
}

const FAULTS: [string, Fault[], Partial<Retry>][] = [
  ['the connection broke before it arrived', ['reset before'], {}],
  ['the answer was lost', ['reset after'], {}],
  ['the answer was cut', ['cut'], {}],
  ['the answer came too late', [{ slowMs: 1_500 }], { reason: 'no answer within 1000 ms' }],
  ['all of it one after the other', ['reset after', 'cut', 'reset before', { slowMs: 1_500 }], {}],
  [
    'a proxy was away',
    [{ status: 502, body: '<html>' }, { status: 504 }],
    { status: 502, reason: 'the answer was 502' },
  ],
  [
    'it was asked to come later',
    [{ status: 503, headers: { 'retry-after': '1' } }],
    { status: 503, delayMs: 1000 },
  ],
  ['there was too much', [{ status: 429 }], { status: 429 }],
]

test.each(FAULTS)('%s: the same event is sent again, and counts once', async (name, faults, retry) => {
  const retries: Retry[] = []
  const postino = createClient({ attemptTimeoutMs: 1_000, onRetry: (one) => retries.push(one) })
  proxy.plan(faults)
  const { id: _id, ...withoutId } = shopEvent('unnamed', name)
  const added = await eventsAdded(async () => {
    const accepted = await postino.send(withoutId)
    expect(accepted).toMatchObject({
      status: 'accepted',
      source: '/',
      messages: [{ recipient: 'customer-2071' }],
    })
    expect(accepted.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/)
  })
  expect(added).toBe(1)
  // On a busy machine an answer may be late by itself.
  expect(retries.length).toBeGreaterThanOrEqual(faults.length)
  expect(retries[0]).toMatchObject({ attempt: 1, events: 1, ...retry })
})

test('an invalid one and a conflict are told apart from the good ones, in order', async () => {
  const postino = createClient()
  await postino.send(shopEvent('taken'))
  const broken: unknown = { ...shopEvent('broken'), data: { order: {} } }
  const results = await postino.sendBatch([
    shopEvent('good'),
    Object(broken),
    shopEvent('taken', 'Something else'),
    shopEvent('taken'),
  ])
  expect(results).toMatchObject([
    { status: 'accepted', id: 'good' },
    { status: 'invalid', id: 'broken' },
    { status: 'conflict', id: 'taken', source: '/' },
    { status: 'accepted', id: 'taken' },
  ])
  const [, invalid] = results
  expect(invalid?.status === 'invalid' && invalid.issues).toContainEqual({
    pointer: '/data/customer',
    code: 'required',
    detail: 'data.customer is missing: whose order it is.',
  })
  await expect(postino.send(Object(broken))).rejects.toThrow(InvalidEventError)
  await expect(postino.send(shopEvent('taken', 'Again something else'))).rejects.toThrow(ConflictError)
})

test('concurrent ones share requests, and each has its own answer', async () => {
  const postino = createClient()
  const before = proxy.bodies.length
  const ids = Array.from({ length: 1_200 }, (_, index) => `together-${index}`)
  const answers = await Promise.all(ids.map((id) => postino.send(shopEvent(id))))
  expect(answers.map(({ id }) => id)).toEqual(ids)
  expect(new Set(answers.flatMap(({ messages }) => messages.map(({ id }) => id))).size).toBe(ids.length)
  expect(proxy.bodies.length - before).toBe(3)
})

test('a batch may fill a request to its last byte', async () => {
  const postino = createClient()
  const before = proxy.bodies.length
  // 63 of them leave room for one that is smaller by the brackets and commas.
  const sizes = [...Array<number>(63).fill(MAX_EVENT_BYTES), MAX_EVENT_BYTES - 65, MAX_EVENT_BYTES]
  const results = await postino.sendBatch(
    sizes.map((sizeBytes, index) => eventOfSize(`full-${index}`, sizeBytes)),
  )
  expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['accepted']))
  expect(proxy.bodies.slice(before)).toEqual([MAX_BATCH_BYTES, MAX_EVENT_BYTES + 2])
})

const fault = fc.constantFrom<Fault>(
  'none',
  'reset before',
  'reset after',
  'cut',
  { status: 502 },
  { status: 413 },
)

test('whatever happens on the way, every event counts once and has one answer', async () => {
  let runs = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(fault, { maxLength: 12 }),
      fc.integer({ min: 1, max: 3 }),
      async (faults, concurrency) => {
        runs += 1
        proxy.plan(faults)
        const postino = createClient({ maxBatchEvents: 100, concurrency })
        const ids = Array.from({ length: 150 }, (_, index) => `any-${runs}-${index}`)
        const added = await eventsAdded(async () => {
          const answers = await Promise.all(ids.map((id) => postino.send(shopEvent(id))))
          expect(answers.map(({ id }) => id)).toEqual(ids)
        })
        expect(added).toBe(ids.length)
      },
    ),
    { numRuns: 5, endOnFailure: true },
  )
})

test('something on the way that takes no large bodies only makes them smaller', async () => {
  const postino = createClient()
  proxy.plan([{ status: 413 }, { status: 413 }])
  const results = await postino.sendBatch(
    Array.from({ length: 40 }, (_, index) => shopEvent(`halved-${index}`)),
  )
  expect(results.map(({ status, id }) => `${status} ${id}`)).toEqual(
    Array.from({ length: 40 }, (_, index) => `accepted halved-${index}`),
  )
})

test('a key that is no good ends it at once, and no error shows it', async () => {
  const apiKey = `${key.slice(0, -4)}0000`
  const postino = createClient({ apiKey })
  const error: unknown = await postino.send(shopEvent('unauthorized')).catch((one: unknown) => one)
  expect(error).toBeInstanceOf(RefusedError)
  expect(error).toMatchObject({ code: 'refused', status: 401, eventId: 'unauthorized' })
  expect(inspect({ error, postino }, { depth: 20, showHidden: true })).not.toContain(apiKey.slice(9))
})

test('an outage longer than the patience ends as unavailable, with the id to send it again under', async () => {
  const postino = createClient({ url: 'http://127.0.0.1:2', retryForMs: 300 })
  const { id: _id, ...withoutId } = shopEvent('unnamed')
  const error: unknown = await postino.send(withoutId).catch((one: unknown) => one)
  expect(error).toBeInstanceOf(UnavailableError)
  const { eventId }: { eventId?: string } = Object(error)
  expect(await createClient().send({ ...withoutId, id: String(eventId) })).toMatchObject({ id: eventId })
})

/** A valid event of so many bytes of JSON. */
function eventOfSize(id: string, sizeBytes: number): ShortEvent {
  const event = shopEvent(id)
  const sizeOf = (fill: string[]) =>
    Buffer.byteLength(JSON.stringify({ ...event, data: { ...event.data, extra: { fill } } }))
  const fill = Array<string>(15).fill('x'.repeat(4_096))
  const rest = 'x'.repeat(sizeBytes - sizeOf([...fill, '']))
  return Object.assign(event, { data: { ...event.data, extra: { fill: [...fill, rest] } } })
}
