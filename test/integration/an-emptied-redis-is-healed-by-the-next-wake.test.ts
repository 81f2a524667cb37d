import type { Turn, TurnEnd } from '@postino/queues'
import { expect, test } from 'vitest'
import { startRedisServer } from './redis-server.ts'
import { createTestRedis } from '../support/create-test-redis.ts'
import { eventually, useQueueDepths, useRedis, useTurnQueue, useTurnWorker } from './queues-under-test.ts'
import { onTestFinished } from 'vitest'

const EMPTY = { waiting: 0, active: 0, delayed: 0, failed: 0 }
const bots: Turn[] = Array.from({ length: 30 }, (_, i) => ({ shopId: '1', botId: String(i + 1) }))

test('after FLUSHALL with turns running, waiting and delayed, the next wakes bring every bot its turn', async () => {
  const url = await createTestRedis()
  const queue = useTurnQueue(url)
  const depths = useQueueDepths(url)
  const redis = useRedis(url)
  const released = Promise.withResolvers<TurnEnd>()
  const served = new Set<string>()
  let emptied = false
  useTurnWorker(url, {
    process: ({ botId }) => {
      if (!emptied) return released.promise
      served.add(botId)
      return Promise.resolve({})
    },
  })
  await queue.wake(bots.slice(0, 20))
  await queue.wake(bots.slice(20), { delayMs: 3_600_000 })
  await eventually(async () =>
    expect((await depths.read()).turns).toEqual({ waiting: 10, active: 10, delayed: 10, failed: 0 }),
  )

  emptied = true
  await redis.flushall()
  await redis.script('FLUSH')
  released.resolve({})
  await queue.wake(bots.slice(0, 15))
  await queue.wake(bots.slice(15), { delayMs: 10 })

  await eventually(() => expect(served.size).toBe(30))
  await eventually(async () => expect((await depths.read()).turns).toEqual(EMPTY))
})

test('a Redis that was away and comes back empty is used again by producers and workers', async () => {
  const first = await startRedisServer()
  const queue = useTurnQueue(first.url)
  const served: string[] = []
  useTurnWorker(first.url, {
    process: async ({ botId }) => {
      served.push(botId)
      return {}
    },
  })
  await queue.wake([bots[0]!])
  await eventually(() => expect(served).toEqual(['1']))

  await first.stop()
  await expect(queue.wake([bots[1]!])).rejects.toThrow()
  const second = await startRedisServer({ port: first.port })
  onTestFinished(second.stop)

  await eventually(() => queue.wake([bots[2]!]))
  await eventually(() => expect(served).toContain('3'))
  await queue.wake([bots[3]!], { delayMs: 10 })
  await eventually(() => expect(served).toContain('4'))
})
