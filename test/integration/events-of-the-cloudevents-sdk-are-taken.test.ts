import { EVENT_KINDS, EXAMPLES } from '@postino/domain'
import { CloudEvent, HTTP } from 'cloudevents'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { countRows, createIngestUnderTest, createShop, openDatabase } from './ingest-under-test.ts'

test('in binary and in structured mode, and they are the same events', async () => {
  const database = openDatabase(await createTestDatabase())
  const { headers } = await createShop(database, 'shop')
  const { app } = await createIngestUnderTest(database)
  const send = async (message: { headers: object; body: unknown }) => {
    const response = await app.inject({
      method: 'POST',
      url: '/v1/events',
      headers: { ...message.headers, ...headers },
      payload: String(message.body),
    })
    return [response.statusCode, response.json()]
  }
  for (const kind of EVENT_KINDS) {
    const event = new CloudEvent({
      ...EXAMPLES[kind],
      subject: 'un caffè',
      partitionkey: 'key-1',
      sequence: '7',
    })
    const structured = await send(HTTP.structured(event))
    expect(structured).toMatchObject([202, { id: event.id, status: 'accepted' }])
    expect(await send(HTTP.binary(event))).toEqual(structured)
  }
  expect((await countRows(database)).events).toBe(EVENT_KINDS.length)
})
