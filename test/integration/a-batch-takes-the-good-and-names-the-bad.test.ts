import { MAX_BATCH_EVENTS } from '@postino/domain'
import { sql } from 'kysely'
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
  const { app, enqueued, renderMetrics } = await createIngestUnderTest(database)
  const send = (payload: object | string) =>
    app.inject({
      method: 'POST',
      url: '/v1/events',
      headers: { ...headers, 'content-type': 'application/json' },
      payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    })
  return { database, send, enqueued, renderMetrics }
}

test('a whole batch is accepted in its order', async () => {
  const { database, send, enqueued } = await createScene()
  const ids = Array.from({ length: MAX_BATCH_EVENTS }, (_, index) => `event-${index}`)
  const response = await send(ids.map((id) => orderEvent(id)))
  expect(response.statusCode).toBe(202)
  const { events } = response.json()
  expect(events.map(({ id }: { id: string }) => id)).toEqual(ids)
  const messageIds = events.map((event: { messages: { id: string }[] }) => Number(event.messages[0]?.id))
  expect(messageIds.toSorted((a: number, b: number) => a - b)).toEqual(messageIds)
  expect(enqueued).toEqual(messageIds.map(String))
  expect(await countRows(database)).toEqual({ events: 500, messages: 500 })
})

test('the good ones are committed, and each bad one is named by its index and place', async () => {
  const { database, send, enqueued } = await createScene()
  const good = orderEvent('good')
  const batch = [
    JSON.stringify(good),
    JSON.stringify({ ...orderEvent('kind'), type: 'order.exploded' }),
    JSON.stringify(orderEvent('nul')).replace('"number":"', String.raw`"number":"\u0000`),
    `{"id":"twice","id":"twice"}`,
    'null',
    JSON.stringify({ ...good, id: 'also good' }).replace('also good', 'also-good'),
  ]
  const response = await send(`[${batch.join()}]`)
  expect(response.statusCode).toBe(422)
  const problem = response.json()
  expect(problem).toMatchObject({
    type: '/problems/invalid-batch',
    errors: [
      { index: 1, pointer: '/type', code: 'unknown_kind' },
      { index: 2, pointer: '/data/order/number', code: 'nul_character' },
      { index: 3, pointer: '/id', code: 'duplicate_key' },
      { index: 4, pointer: '', code: 'wrong_type' },
    ],
    events: [
      { status: 'accepted', id: 'good' },
      { status: 'invalid' },
      { status: 'invalid' },
      { status: 'invalid' },
      { status: 'invalid' },
      { status: 'accepted', id: 'also-good' },
    ],
  })
  expect(await countRows(database)).toEqual({ events: 2, messages: 2 })
  expect(enqueued).toHaveLength(2)
  // Mended, the whole batch may be sent again.
  const mended = await send([good, orderEvent('mended'), orderEvent('also-good')])
  expect(mended.statusCode).toBe(202)
  expect(mended.json().events[0]).toEqual(problem.events[0])
  expect((await countRows(database)).events).toBe(3)
})

test('an event Postgres will not store refuses nobody else’s, sent alone or in a batch', async () => {
  const { database, send, renderMetrics } = await createScene()
  // Stands for whatever our own checks may let through one day.
  await sql`create function refuse() returns trigger language plpgsql as $$
    begin raise exception 'unsupported Unicode escape sequence' using errcode = '22P05'; end $$`.execute(
    database,
  )
  await sql`create trigger refuse before insert on events for each row
    when (new.event_id like 'poison%') execute function refuse()`.execute(database)

  const batch = await send(['a', 'poison-1', 'b', 'c', 'poison-2'].map((id) => orderEvent(id)))
  expect(batch.json()).toMatchObject({
    status: 422,
    errors: [
      { index: 1, code: 'unstorable' },
      { index: 4, code: 'unstorable' },
    ],
  })
  const singles = await Promise.all(['d', 'e', 'poison-3', 'f', 'g'].map((id) => send(orderEvent(id))))
  expect(singles.map(({ statusCode }) => statusCode)).toEqual([202, 202, 422, 202, 202])
  expect((await countRows(database)).events).toBe(7)
  expect(await renderMetrics()).toContain(
    'postino_ingest_events_total{source="http",event="order.status_changed",outcome="invalid"} 3',
  )
})

test('single events that arrive together share their commits', async () => {
  const { database, send, renderMetrics } = await createScene()
  const ids = Array.from({ length: 200 }, (_, index) => `event-${index}`)
  const responses = await Promise.all(ids.map((id) => send(orderEvent(id))))
  expect(responses.map(({ statusCode }) => statusCode)).toEqual(ids.map(() => 202))
  expect((await countRows(database)).events).toBe(200)
  const flushes = /postino_ingest_flush_events_count (\d+)/.exec(await renderMetrics())?.[1]
  expect(Number(flushes)).toBeLessThan(100)
})

test('a deadlock or a lost race is tried again and not the shop’s affair', async () => {
  const { database, send } = await createScene()
  await sql`create sequence tries`.execute(database)
  await sql`create function lose() returns trigger language plpgsql as $$
    begin if nextval('tries') <= 2 then raise exception 'deadlock detected' using errcode = '40P01'; end if;
    return new; end $$`.execute(database)
  await sql`create trigger lose before insert on events for each row execute function lose()`.execute(
    database,
  )
  expect((await send(orderEvent('a'))).statusCode).toBe(202)
})
