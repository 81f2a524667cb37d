import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import {
  countRows,
  createIngestUnderTest,
  createShop,
  openDatabase,
  orderEvent,
} from './ingest-under-test.ts'

async function createScene() {
  const database = openDatabase(await createTestDatabase())
  const { headers } = await createShop(database, 'shop')
  const { app, enqueued } = await createIngestUnderTest(database)
  const send = (payload: object | string, more: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url: '/v1/events',
      headers: { 'content-type': 'application/json', ...headers, ...more },
      payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    })
  return { database, send, enqueued }
}

test('an event that is sent again gets its first answer again, and nobody is told twice', async () => {
  const { database, send, enqueued } = await createScene()
  const first = await send(orderEvent('a'))
  const again = await send(orderEvent('a'))
  expect([again.statusCode, again.json()]).toEqual([202, first.json()])
  expect(await countRows(database)).toEqual({ events: 1, messages: 1 })
  expect(enqueued).toEqual([first.json().messages[0].id])
})

test('it is the same event in any form, order of members and spelling of times', async () => {
  const { database, send } = await createScene()
  const event = orderEvent('a', { time: '2025-11-20T16:05:00+01:00' })
  const first = await send(event)
  expect(first.statusCode).toBe(202)
  const { specversion, id, source, type, time, data } = event
  const others = await Promise.all([
    send(event, { 'content-type': 'application/cloudevents+json' }),
    send([event], { 'content-type': 'application/cloudevents-batch+json' }),
    send(JSON.stringify(Object.fromEntries(Object.entries(event).toReversed()), undefined, 2)),
    send({ ...event, time: '2025-11-20T15:05:00.000Z' }),
    send({ id, source, type, time, data }),
    send(data, {
      'ce-specversion': specversion,
      'ce-id': id,
      'ce-source': source,
      'ce-type': type,
      'ce-time': time,
    }),
    send({ ...event, traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' }),
  ])
  for (const other of others) {
    const body = other.json()
    expect([other.statusCode, body.events?.[0] ?? body]).toEqual([202, first.json()])
  }
  expect(await countRows(database)).toEqual({ events: 1, messages: 1 })
})

test('20 at the same time are one event with one answer', async () => {
  const { database, send, enqueued } = await createScene()
  const responses = await Promise.all(Array.from({ length: 20 }, () => send(orderEvent('a'))))
  expect(new Set(responses.map(({ statusCode, payload }) => `${statusCode} ${payload}`)).size).toBe(1)
  expect(responses[0]?.statusCode).toBe(202)
  expect(await countRows(database)).toEqual({ events: 1, messages: 1 })
  expect(enqueued).toHaveLength(1)
})

test('the same id of another source, or of another shop, is another event', async () => {
  const { database, send } = await createScene()
  const neighbour = await createShop(database, 'neighbour')
  const answers = [
    await send(orderEvent('a')),
    await send(orderEvent('a', { source: '/erp' })),
    await send(orderEvent('a'), neighbour.headers),
  ]
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([202, 202, 202])
  expect(new Set(answers.map((answer) => answer.json().messages[0].id)).size).toBe(3)
})

test('a batch that repeats itself has each event once', async () => {
  const { database, send, enqueued } = await createScene()
  const response = await send([orderEvent('a'), orderEvent('b'), orderEvent('a')])
  const { events } = response.json()
  expect(response.statusCode).toBe(202)
  expect(events[2]).toEqual(events[0])
  expect(await countRows(database)).toEqual({ events: 2, messages: 2 })
  expect(enqueued).toHaveLength(2)
})
