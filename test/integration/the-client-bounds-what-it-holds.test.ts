import { createPostino, OverloadedError } from '@postino/client'
import { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { atEnd } from '../support/at-end.ts'
import { createTestRedis } from '../support/create-test-redis.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createClientsUnderTest, shopEvent } from './client-under-test.ts'

const EVENTS = 20_000
const MAX_PENDING = 1_000

const { createClient, ingestUrl, proxy } = await createClientsUnderTest()

test('20,000 events in a loop: all are accepted, and no more is held than was allowed', async () => {
  const url = await createTestRedis()
  const redis = new Redis(url)
  atEnd(() => redis.disconnect())
  await using postino = createPostino({ redis: url, shop: 'shop', maxPending: MAX_PENDING })
  let mostPending = 0
  let accepted = 0
  for (let index = 0; index < EVENTS; index++) {
    await postino.ready()
    void postino.send(shopEvent(`loop-${index}`)).then(() => (accepted += 1))
    mostPending = Math.max(mostPending, postino.pending.events)
  }
  await postino.flush()
  expect(accepted).toBe(EVENTS)
  expect(mostPending).toBe(MAX_PENDING)
  expect(await redis.xlen('postino:intake:shop')).toBe(EVENTS)
})

test('a batch larger than what may be held is taken piece by piece, with a result for each event', async () => {
  const postino = createClient({ url: ingestUrl, maxPending: 50 })
  const batch = Array.from({ length: 300 }, (_, index) => shopEvent(`piece-${index}`))
  let mostPending = 0
  const watch = setInterval(() => (mostPending = Math.max(mostPending, postino.pending.events)))
  const results = await postino.sendBatch(batch)
  clearInterval(watch)
  expect(results.map(({ status, id }) => `${status} ${id}`)).toEqual(batch.map(({ id }) => `accepted ${id}`))
  expect(mostPending).toBeLessThanOrEqual(50)
})

test('who would rather be refused than wait is, and the others are not', async () => {
  const postino = createClient({ maxPending: 2, onFull: 'reject' })
  const results = await postino.sendBatch(['first', 'second', 'third'].map((id) => shopEvent(`full-${id}`)))
  expect(results).toMatchObject([
    { status: 'accepted' },
    { status: 'accepted' },
    { status: 'failed', id: 'full-third', error: expect.any(OverloadedError) },
  ])
})

test('who gives up waiting is told at once', async () => {
  const postino = createClient()
  proxy.plan([{ slowMs: 1_000 }])
  const before = proxy.bodies.length
  const leaving = new AbortController()
  const sent = postino.send(shopEvent('given-up'), { signal: leaving.signal })
  await waitUntil(() => proxy.bodies.length > before)
  leaving.abort(new Error('the page was left'))
  await expect(sent).rejects.toThrow('the page was left')
  await expect(postino.send(shopEvent('late'), { signal: leaving.signal })).rejects.toThrow('page was left')
  expect(postino.pending).toEqual({ events: 0, bytes: 0 })
})

test('closing sends what is pending, and takes nothing more', async () => {
  const postino = createClient({ lingerMs: 60_000 })
  const sent = postino.send(shopEvent('at-the-end'))
  await postino.close()
  expect(await sent).toMatchObject({ status: 'accepted' })
  await expect(postino.send(shopEvent('after-the-end'))).rejects.toMatchObject({ code: 'closed' })
})
