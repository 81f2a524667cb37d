import { expect, test } from 'vitest'
import { createTestRedis } from '../support/create-test-redis.ts'
import { useRedis, useRenderQueue, useTurnQueue } from './queues-under-test.ts'
import type { RedisConnection } from '@postino/queues'

async function usedBytes(redis: RedisConnection): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1])
}

// Ids as acceptance gives them late in the life of a busy installation: ten digits, with gaps.
const FIRST_ID = 4_000_000_000
const GAP = 7

test('a million messages that wait to be rendered take less than 10 MB', async () => {
  const url = await createTestRedis()
  const [redis, renders] = [useRedis(url), useRenderQueue(url)]
  await renders.add(['1'])
  const before = await usedBytes(redis)
  for (let from = 0; from < 1_000_000; from += 50_000) {
    await renders.add(Array.from({ length: 50_000 }, (_, index) => String(FIRST_ID + GAP * (from + index))))
  }
  expect(((await usedBytes(redis)) - before) / 1e6).toBeLessThan(10)
}, 60_000)

test('a million that wait to be sent take a turn for each bot: of ten thousand bots less than 15 MB', async () => {
  const url = await createTestRedis()
  const [redis, turns] = [useRedis(url), useTurnQueue(url)]
  await turns.wake([{ shopId: '1', botId: '1' }])
  const before = await usedBytes(redis)
  const bots = Array.from({ length: 10_000 }, (_, index) => ({
    shopId: String(FIRST_ID + index),
    botId: String(FIRST_ID + 20_000 + index),
  }))
  // As often as messages come.
  for (let wakes = 0; wakes < 10; wakes++) await turns.wake(bots)
  expect(((await usedBytes(redis)) - before) / 1e6).toBeLessThan(15)
}, 60_000)
