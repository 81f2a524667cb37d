import { createTurnState } from '@postino/queues'
import { expect, test } from 'vitest'
import { createTestRedis } from '../support/create-test-redis.ts'
import { eventually, useRedis } from './queues-under-test.ts'

test('what a turn saves, exactly one later turn takes', async () => {
  const url = await createTestRedis()
  const state = createTurnState({ redis: useRedis(url) })
  const elsewhere = createTurnState({ redis: useRedis(url) })
  expect(await state.take('7')).toBeUndefined()

  await state.save('7', '{"answers":[]}', 60_000)
  expect(await state.take('8')).toBeUndefined()
  const taken = await Promise.all([
    state.take('7'),
    elsewhere.take('7'),
    state.take('7'),
    elsewhere.take('7'),
  ])

  expect(taken.filter((value) => value !== undefined)).toEqual(['{"answers":[]}'])
})

test('a saved value expires', async () => {
  const url = await createTestRedis()
  const redis = useRedis(url)
  const state = createTurnState({ redis })
  await state.save('7', 'old', 5)
  await eventually(async () => expect(await redis.keys('*')).toEqual([]))
  expect(await state.take('7')).toBeUndefined()
})
