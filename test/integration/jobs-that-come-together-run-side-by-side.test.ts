import { expect, test } from 'vitest'
import { createTestRedis } from '../support/create-test-redis.ts'
import { eventually, useTurnQueue, useTurnWorker } from './queues-under-test.ts'

// As many as the worker takes at a time.
const MANY = 10

test('an idle worker begins with all jobs that come together before the first of them ends, again and again', async () => {
  const url = await createTestRedis()
  let running = 0
  let end = Promise.withResolvers<void>()
  useTurnWorker(url, {
    process: async () => {
      running += 1
      await end.promise
      running -= 1
      return {}
    },
  })
  const queue = useTurnQueue(url)
  for (const round of [1, 2, 3]) {
    await queue.wake(Array.from({ length: MANY }, (_, bot) => ({ shopId: '1', botId: `${round}${bot}` })))
    await eventually(() => expect(running).toBe(MANY))
    end.resolve()
    await eventually(() => expect(running).toBe(0))
    end = Promise.withResolvers()
  }
})
