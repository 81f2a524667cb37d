import { EXAMPLES } from '@postino/domain'
import { expect, test } from 'vitest'
import { problemSchema } from '@postino/ingest/openapi/answers.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import { BAD_BODIES, nested, NUMBER, ORDER, orderWith, orderWithData } from './bad-bodies.ts'
import { countRows, createIngestUnderTest, createShop, openDatabase } from './ingest-under-test.ts'

const database = openDatabase(await createTestDatabase())
const { headers } = await createShop(database, 'shop')
const { app } = await createIngestUnderTest(database)

const JSON_TYPE = { 'content-type': 'application/json' }

test.each(BAD_BODIES)('$what', async ({ payload, status, code, headers: more }) => {
  const response = await app.inject({
    method: 'POST',
    url: '/v1/events',
    headers: { ...JSON_TYPE, ...headers, ...more },
    payload,
  })
  expect(response.statusCode, response.payload).toBe(status)
  expect(response.headers['content-type']).toMatch('application/problem+json')
  const problem = problemSchema.parse(response.json())
  expect(problem).toMatchObject({ status, type: expect.stringMatching(/^\/problems\/[a-z-]+$/) })
  expect(problem.errors?.[0]?.code ?? '').toBe(code)
  if (status === 415) expect(response.headers.accept).toContain('application/cloudevents+json')
  // An answer stays small, whatever was sent, and is text that any reader of JSON takes.
  expect(response.payload.length).toBeLessThan(20_000)
  expect(response.payload).not.toMatch(/\\u0000|\\ud[89a-f]/i)
  expect(await countRows(database)).toEqual({ events: 0, messages: 0 })
})

test('a problem names the place in the body', async () => {
  const payload = orderWith('"amount":"136.70"', '"amount":136.70')
  const response = await app.inject({
    method: 'POST',
    url: '/v1/events',
    headers: { ...JSON_TYPE, ...headers },
    payload,
  })
  expect(response.json().errors).toMatchObject([{ pointer: '/data/order/total/amount', code: 'wrong_type' }])
})

test('the event that is spoilt above is good by itself, and so are others that look odd', async () => {
  const allowed = [
    JSON.stringify(ORDER),
    orderWithData(`"extra":{"constructor":{"prototype":1},"toString":1,"a":${nested(17)}}`).replace(
      '"bad"',
      '"deep"',
    ),
    orderWith('"id":"bad"', '"id":"№1/ü😀"'),
    orderWith(NUMBER, String.raw`"number":"\ud83d\ude00 \\u0000"`).replace('"id":"bad"', '"id":"emoji"'),
    JSON.stringify(EXAMPLES['message.created']),
  ]
  for (const payload of allowed) {
    const response = await app.inject({
      method: 'POST',
      url: '/v1/events',
      headers: { ...JSON_TYPE, ...headers },
      payload,
    })
    expect(response.statusCode, response.payload).toBe(202)
  }
})
