import { listReasons } from '@postino/domain'
import { expect, test } from 'vitest'
import { eventTrailsSchema, messageTrailSchema } from '@postino/ingest/openapi/answers.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createIngestUnderTest, createShop, openDatabase, orderEvent } from './ingest-under-test.ts'

async function createScene() {
  const database = openDatabase(await createTestDatabase())
  const shop = await createShop(database, 'shop')
  const { app } = await createIngestUnderTest(database)
  const send = async (payload: object) => {
    const response = await app.inject({ method: 'POST', url: '/v1/events', headers: shop.headers, payload })
    return response.json()
  }
  const read = (url: string, headers = shop.headers) => app.inject({ url, headers })
  return { database, send, read }
}

test('an event shows what was recorded and its messages, a message its whole way', async () => {
  const { database, send, read } = await createScene()
  const { messages } = await send(orderEvent('a', { time: '2025-11-20T16:05:00+01:00' }))
  const [{ id: messageId }] = messages
  await database
    .updateTable('messages')
    .set({ status: 'suppressed', reason: 'not_registered', ended_at: new Date() })
    .where('id', '=', messageId)
    .execute()

  const event = await read('/v1/events/a')
  expect(event.statusCode).toBe(200)
  const { events } = eventTrailsSchema.parse(event.json())
  expect(events).toMatchObject([
    {
      id: 'a',
      type: 'order.status_changed',
      received_over: 'http',
      event: { time: '2025-11-20T15:05:00.000Z' },
      messages: [{ id: messageId, status: 'suppressed' }],
    },
  ])
  const message = await read(`/v1/messages/${messageId}`)
  const text = listReasons().find(({ code }) => code === 'not_registered')?.text
  expect(messageTrailSchema.parse(message.json())).toMatchObject({
    id: messageId,
    event: { id: 'a', source: orderEvent('a').source },
    status: 'suppressed',
    reason: { code: 'not_registered', text },
    attempts: [],
  })
  expect(message.json()).toEqual(events[0]?.messages[0])
})

test('attempts are shown with their outcome and times', async () => {
  const { database, send, read } = await createScene()
  const { messages } = await send(orderEvent('a'))
  const [{ id: messageId }] = messages
  const { shop_id: shopId } = await database
    .selectFrom('messages')
    .select('shop_id')
    .executeTakeFirstOrThrow()
  const at = '2025-11-20T15:05:00.000Z'
  const times = { started_at: at, ended_at: at }
  const attempt = { shop_id: shopId, message_id: messageId, epoch: '1', ...times }
  await database
    .insertInto('attempts')
    .values([
      { ...attempt, outcome: 'throttled', description: 'Too Many Requests', retry_after_seconds: 3 },
      { ...attempt, epoch: '2', outcome: 'sent' },
    ])
    .execute()
  const message = messageTrailSchema.parse((await read(`/v1/messages/${messageId}`)).json())
  expect(message.attempts).toEqual([
    { ...times, outcome: 'throttled', description: 'Too Many Requests', retry_after_seconds: 3 },
    { ...times, outcome: 'sent' },
  ])
})

test('[U4, U11] a trail tells until when a message is deferred, which one took its place, and with which text it is rendered', async () => {
  const { database, send, read } = await createScene()
  const { messages } = await send(orderEvent('a'))
  const [{ id: messageId }] = messages
  const change = (set: object) =>
    database.updateTable('messages').set(set).where('id', '=', messageId).execute()
  const trail = async () => messageTrailSchema.parse((await read(`/v1/messages/${messageId}`)).json())
  expect(Object.keys(await trail())).not.toContain('superseded_by')
  await change({ due_at: new Date('2026-11-21T07:00:00Z') })
  expect(await trail()).toMatchObject({ status: 'accepted', due_at: '2026-11-21T07:00:00.000Z' })
  const { shop_id: shopId } = await database
    .selectFrom('messages')
    .select('shop_id')
    .executeTakeFirstOrThrow()
  const { id } = await database
    .insertInto('templates')
    .values({ shop_id: shopId, kind: 'order.status_changed', state: 'paid', locale: 'it' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await change({
    status: 'superseded',
    reason: 'superseded_by_newer',
    superseded_by: '77',
    due_at: null,
    ended_at: new Date(),
    template_id: id,
    template_version: 2,
    is_test: true,
  })
  expect(await trail()).toMatchObject({
    status: 'superseded',
    reason: { code: 'superseded_by_newer' },
    superseded_by: '77',
    template: { id, version: 2, state: 'paid', locale: 'it' },
    is_test: true,
  })
})

test('another shop finds nothing, not even that there is something', async () => {
  const { database, send, read } = await createScene()
  const { messages } = await send(orderEvent('a'))
  const neighbour = await createShop(database, 'neighbour')
  const foreign = await read(`/v1/messages/${messages[0].id}`, neighbour.headers)
  const unknown = await read('/v1/messages/999999999', neighbour.headers)
  const strip = (problem: object) => ({ ...problem, instance: '' })
  expect([foreign.statusCode, strip(foreign.json())]).toEqual([404, strip(unknown.json())])
  expect((await read('/v1/events/a', neighbour.headers)).statusCode).toBe(404)
})

test('an id of several sources is a list, and the source chooses', async () => {
  const { send, read } = await createScene()
  await send(orderEvent('a', { source: '/erp' }))
  await send(orderEvent('a', { source: '/shop' }))
  const sources = async (url: string) =>
    eventTrailsSchema.parse((await read(url)).json()).events.map(({ source }) => source)
  expect(await sources('/v1/events/a')).toEqual(['/erp', '/shop'])
  expect(await sources('/v1/events/a?source=%2Fshop')).toEqual(['/shop'])
  expect((await read('/v1/events/a?source=/other')).statusCode).toBe(404)
})

test('an event is found by its id, whatever characters that has', async () => {
  const { send, read } = await createScene()
  for (const id of ['a/b', '№1', 'ü%😀', '1?2#3', 'x'.repeat(128), '😀'.repeat(64)]) {
    await send(orderEvent(id))
    const response = await read(`/v1/events/${encodeURIComponent(id)}`)
    expect(eventTrailsSchema.parse(response.json()).events.map((event) => event.id)).toEqual([id])
  }
})
