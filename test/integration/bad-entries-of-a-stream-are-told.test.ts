import { switchStreamIntake } from '@postino/database'
import { EXAMPLES } from '@postino/domain'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createTestRedis } from '../support/create-test-redis.ts'
import { waitUntil } from '../support/wait-until.ts'
import { typeCommand } from './command-line.ts'
import {
  countRows,
  createIngestUnderTest,
  createShop,
  openDatabase,
  orderEvent,
  otherOrderEvent,
} from './ingest-under-test.ts'
import { openRedis, putEvents, startStreamIntake, streamOf } from './stream-under-test.ts'

const databaseUrl = await createTestDatabase()
const database = openDatabase(databaseUrl)
const redis = openRedis(await createTestRedis())
const REJECTED = 'postino:rejected:shop'

test('bad entries are named in the shop’s list, in the trail and on the command line; the good ones beside them are taken', async () => {
  const { shopId, headers } = await createShop(database, 'shop')
  await switchStreamIntake(database, shopId, true)
  const { app } = await createIngestUnderTest(database)
  const { renderMetrics } = startStreamIntake(database, redis)
  const bad = {
    broken: '{"id":',
    twice: '{"id":"twice","id":"twice"}',
    list: `[${JSON.stringify(orderEvent('list'))}]`,
    large: JSON.stringify({ ...orderEvent('large'), filler: 'x'.repeat(70_000) }),
    wrong: JSON.stringify({ ...EXAMPLES['cart.abandoned'], id: 'wrong-1', data: {} }),
  }
  const good = Array.from({ length: 500 }, (_, index) => orderEvent(`good-${index}`))
  const many = Array.from({ length: 500 }, (_, index) => `bad ${index}`)
  await putEvents(redis, 'shop', good.slice(0, 250))
  const ids = await putEvents(redis, 'shop', Object.values(bad))
  await putEvents(redis, 'shop', many)
  await redis.xadd(streamOf('shop'), '*', 'events', '{}')
  await redis.xadd(streamOf('shop'), '*', 'event', Buffer.from([0x22, 0xff, 0x22]))
  await putEvents(redis, 'shop', [...good.slice(250), otherOrderEvent('good-3', 'something else')])

  await waitUntil(async () => (await redis.xlen(streamOf('shop'))) === 0)
  expect(await countRows(database)).toEqual({ events: 500, messages: 500 })
  const listed = await redis.xrange(REJECTED, '-', '+')
  expect(listed).toHaveLength(508)
  expect(await redis.pttl(REJECTED)).toBeGreaterThan(6 * 86_400_000)
  const [first] = listed
  expect(first?.[1].slice(0, 4)).toEqual(['entry', ids[0], 'event', bad.broken])
  expect(JSON.parse(first?.[1][5] ?? '')).toMatchObject({
    status: 422,
    errors: [{ pointer: '', code: 'malformed_json' }],
  })
  for (const [, fields] of listed) expect(fields[3]!.length).toBeLessThanOrEqual(64 * 1024)

  const over = await app.inject({ url: '/v1/rejected-events?limit=5', headers })
  const page = over.json()
  expect(page.items[0]).toMatchObject({
    event_id: 'good-3',
    type: 'order.status_changed',
    received_over: 'stream',
    errors: [{ pointer: '/id', code: 'conflict' }],
  })
  const next = await app.inject({ url: `/v1/rejected-events?limit=200&cursor=${page.next_cursor}`, headers })
  expect(next.json().items).toHaveLength(200)
  const one = await app.inject({ url: '/v1/rejected-events?event_id=wrong-1', headers })
  // The same as over HTTP, to the letter.
  const sent = await app.inject({
    method: 'POST',
    url: '/v1/events',
    headers: { ...headers, 'content-type': 'application/json' },
    payload: bad.wrong,
  })
  expect(one.json().items).toMatchObject([{ entry_id: ids[4], errors: sent.json().errors }])
  expect((await app.inject({ url: '/v1/rejected-events?cursor=x', headers })).statusCode).toBe(422)
  const told = await typeCommand(['explain', 'wrong-1', '--shop', 'shop'], { DATABASE_URL: databaseUrl })
  expect(told).toMatchObject({ code: 0, out: expect.stringContaining('not taken over the stream') })
  const { headers: others } = await createShop(database, 'other')
  expect((await app.inject({ url: '/v1/rejected-events', headers: others })).json()).toEqual({ items: [] })
  expect(await renderMetrics()).toContain('{source="redis",event="unknown",outcome="invalid"} 507')
})
