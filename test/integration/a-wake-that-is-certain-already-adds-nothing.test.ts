import type { RedisConnection, Turn, TurnEnd } from '@postino/queues'
import { expect, test, vi } from 'vitest'
import { createTestRedis } from '../support/create-test-redis.ts'
import { eventually, useQueueDepths, useRedis, useTurnQueue, useTurnWorker } from './queues-under-test.ts'

const bots: Turn[] = Array.from({ length: 250 }, (_, index) => ({ shopId: '1', botId: String(index + 1) }))
/** A single one is added at once: asking first would cost the others of an idle system a round trip. */
const pair = bots.slice(0, 2)

/** BullMQ writes one at every add, in vain or not. Kept short, so its newest is what tells. */
async function newestEvent(redis: RedisConnection): Promise<unknown> {
  return (await redis.xrevrange('{postino}:turns:events', '+', '-', 'COUNT', 1))[0]?.[0]
}

test('bots whose turn waits get no other, however many wake them, and each gets that one', async () => {
  const url = await createTestRedis()
  const redis = useRedis(url)
  const producers = [useTurnQueue(url), useTurnQueue(url)]
  const depths = useQueueDepths(url)
  await producers[0]!.wake(bots)
  const before = await newestEvent(redis)

  await Promise.all(producers.flatMap((producer) => [producer.wake(bots), producer.wake(bots.slice(0, 20))]))

  expect(await newestEvent(redis)).toEqual(before)
  expect((await depths.read()).turns).toMatchObject({ waiting: 250 })
  const process = vi.fn(async () => ({}))
  useTurnWorker(url, { process })
  await eventually(() => expect(process).toHaveBeenCalledTimes(250))
  await eventually(async () => expect((await depths.read()).turns).toMatchObject({ waiting: 0, active: 0 }))
  expect(process).toHaveBeenCalledTimes(250)
})

test('of the wakes during a turn the first one asks for another, which is all the others need', async () => {
  const url = await createTestRedis()
  const redis = useRedis(url)
  const queue = useTurnQueue(url)
  const running = Promise.withResolvers<TurnEnd>()
  const process = vi.fn(() => running.promise)
  useTurnWorker(url, { process })
  await queue.wake(pair)
  await eventually(() => expect(process).toHaveBeenCalledTimes(pair.length))

  await queue.wake(pair)
  const before = await newestEvent(redis)
  for (let wakes = 0; wakes < 20; wakes++) await queue.wake(pair)
  expect(await newestEvent(redis)).toEqual(before)

  running.resolve({})
  await eventually(() => expect(process).toHaveBeenCalledTimes(2 * pair.length))
  await eventually(async () =>
    expect((await useQueueDepths(url).read()).turns).toMatchObject({ waiting: 0, active: 0 }),
  )
  expect(process).toHaveBeenCalledTimes(2 * pair.length)
})
