import { createTurnState } from '@postino/queues'
import { expect, test } from 'vitest'
import { createTestRedis } from '../support/create-test-redis.ts'
import { eventually, useRedis } from './queues-under-test.ts'

const BOT = { botId: '7', shard: 0 }

test('what a turn saves, exactly one later turn takes', async () => {
  const url = await createTestRedis()
  const state = createTurnState({ redis: useRedis(url) })
  const elsewhere = createTurnState({ redis: useRedis(url) })
  expect(await state.take(BOT)).toBeUndefined()

  await state.save(BOT, '{"answers":[]}', 60_000)
  expect(await state.take({ botId: '8', shard: 0 })).toBeUndefined()
  const taken = await Promise.all([
    state.take(BOT),
    elsewhere.take(BOT),
    state.take(BOT),
    elsewhere.take(BOT),
  ])

  expect(taken.filter((value) => value !== undefined)).toEqual(['{"answers":[]}'])
})

test('a saved value expires', async () => {
  const url = await createTestRedis()
  const redis = useRedis(url)
  const state = createTurnState({ redis })
  await state.save(BOT, 'old', 5)
  await eventually(async () => expect(await redis.keys('*')).toEqual([]))
  expect(await state.take(BOT)).toBeUndefined()
})
