import { createTurnState } from '@postino/queues'
import { expect, test, vi } from 'vitest'
import { useRedis, useRedisServer } from './queues-under-test.ts'

test('what a turn saves, exactly one later turn takes', async () => {
  const server = await useRedisServer()
  const state = createTurnState({ redis: useRedis(server) })
  const elsewhere = createTurnState({ redis: useRedis(server) })
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
  const server = await useRedisServer()
  const redis = useRedis(server)
  const state = createTurnState({ redis })
  await state.save('7', 'old', 5)
  await vi.waitFor(async () => expect(await redis.keys('*')).toEqual([]))
  expect(await state.take('7')).toBeUndefined()
})
