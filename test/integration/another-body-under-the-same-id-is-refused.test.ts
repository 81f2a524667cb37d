import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import {
  countRows,
  createIngestUnderTest,
  createShop,
  openDatabase,
  orderEvent,
  otherOrderEvent,
} from './ingest-under-test.ts'

async function createScene() {
  const database = openDatabase(await createTestDatabase())
  const { headers } = await createShop(database, 'shop')
  const { app, enqueued } = await createIngestUnderTest(database)
  const send = (payload: object) => app.inject({ method: 'POST', url: '/v1/events', headers, payload })
  return { database, send, enqueued, headers }
}

test('the first event stays, and the answer names the id and the source', async () => {
  const { database, send, enqueued } = await createScene()
  const first = await send(orderEvent('a'))
  const other = await send(otherOrderEvent('a', 'Something else'))
  expect(other.statusCode).toBe(409)
  expect(other.headers['content-type']).toMatch('application/problem+json')
  expect(other.json()).toMatchObject({
    type: '/problems/conflict',
    id: 'a',
    source: orderEvent('a').source,
    errors: [{ pointer: '/id', code: 'conflict' }],
  })
  expect((await send(orderEvent('a'))).json()).toEqual(first.json())
  expect(await countRows(database)).toEqual({ events: 1, messages: 1 })
  expect(enqueued).toHaveLength(1)
})

test('of 20 different bodies at the same time one is taken', async () => {
  const { database, send, enqueued } = await createScene()
  const bodies = Array.from({ length: 20 }, (_, index) => otherOrderEvent('a', `Version ${index}`))
  const responses = await Promise.all(bodies.map(send))
  const statuses = responses.map(({ statusCode }) => statusCode)
  expect(statuses.toSorted((a, b) => a - b)).toEqual([202, ...Array(19).fill(409)])
  expect(await countRows(database)).toEqual({ events: 1, messages: 1 })
  expect(enqueued).toHaveLength(1)
  // The one that was taken is the one that may be repeated.
  const repeats = await Promise.all(bodies.map(send))
  expect(repeats.map(({ statusCode }) => statusCode)).toEqual(statuses)
})

test('processes that race for ids in opposite order take one body of each, and none fails', async () => {
  const { database, send, headers } = await createScene()
  const other = await createIngestUnderTest(database)
  for (let round = 0; round < 10; round++) {
    const ids = Array.from({ length: 10 }, (_, index) => `${round}-${index}`)
    const [here, there] = await Promise.all([
      send(ids.map((id) => otherOrderEvent(id, 'here'))),
      other.app.inject({
        method: 'POST',
        url: '/v1/events',
        headers,
        payload: ids.toReversed().map((id) => otherOrderEvent(id, 'there')),
      }),
    ])
    const taken = [...here.json().events, ...there.json().events].filter(
      ({ status }) => status === 'accepted',
    )
    expect(taken).toHaveLength(ids.length)
    expect(new Set(taken.map(({ id }) => id))).toEqual(new Set(ids))
  }
  expect(await countRows(database)).toEqual({ events: 100, messages: 100 })
})

test('in a batch the conflict is named and the others are taken', async () => {
  const { database, send } = await createScene()
  await send(orderEvent('a'))
  const response = await send([orderEvent('b'), otherOrderEvent('a', 'Else'), otherOrderEvent('b', 'Else')])
  expect(response.statusCode).toBe(422)
  expect(response.json()).toMatchObject({
    type: '/problems/invalid-batch',
    errors: [
      { index: 1, pointer: '/id', code: 'conflict' },
      { index: 2, pointer: '/id', code: 'conflict' },
    ],
    events: [
      { id: 'b', status: 'accepted' },
      { id: 'a', status: 'conflict' },
      { id: 'b', status: 'conflict' },
    ],
  })
  expect(await countRows(database)).toEqual({ events: 2, messages: 2 })
})
