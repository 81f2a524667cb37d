import type { Turn, TurnEnd } from '@postino/queues'
import { expect, test, vi } from 'vitest'
import { startRedisServer } from './redis-server.ts'
import { useQueueDepths, useRedis, useRedisServer, useTurnQueue, useTurnWorker } from './queues-under-test.ts'
import { onTestFinished } from 'vitest'

const EMPTY = { waiting: 0, active: 0, delayed: 0, failed: 0 }
const bots: Turn[] = Array.from({ length: 30 }, (_, i) => ({ shopId: '1', botId: String(i + 1) }))

test('after FLUSHALL with turns running, waiting and delayed, the next wakes bring every bot its turn', async () => {
  const server = await useRedisServer()
  const queue = useTurnQueue(server)
  const depths = useQueueDepths(server)
  const redis = useRedis(server)
  const released = Promise.withResolvers<TurnEnd>()
  const served = new Set<string>()
  let emptied = false
  useTurnWorker(server, {
    process: ({ botId }) => {
      if (!emptied) return released.promise
      served.add(botId)
      return Promise.resolve({})
    },
  })
  await queue.wake(bots.slice(0, 20))
  await queue.wake(bots.slice(20), { delayMs: 3_600_000 })
  await vi.waitFor(async () =>
    expect((await depths.read()).turns).toEqual({ waiting: 10, active: 10, delayed: 10, failed: 0 }),
  )

  emptied = true
  await redis.flushall()
  await redis.script('FLUSH')
  released.resolve({})
  await queue.wake(bots.slice(0, 15))
  await queue.wake(bots.slice(15), { delayMs: 10 })

  await vi.waitFor(() => expect(served.size).toBe(30))
  await vi.waitFor(async () => expect((await depths.read()).turns).toEqual(EMPTY))
})

test('a Redis that was away and comes back empty is used again by producers and workers', async () => {
  const first = await startRedisServer()
  const queue = useTurnQueue(first)
  const served: string[] = []
  useTurnWorker(first, {
    process: async ({ botId }) => {
      served.push(botId)
      return {}
    },
  })
  await queue.wake([bots[0]!])
  await vi.waitFor(() => expect(served).toEqual(['1']))

  await first.stop()
  await expect(queue.wake([bots[1]!])).rejects.toThrow()
  const second = await startRedisServer({ port: first.port })
  onTestFinished(second.stop)

  await vi.waitFor(() => queue.wake([bots[2]!]), { timeout: 10_000, interval: 50 })
  await vi.waitFor(() => expect(served).toContain('3'), { timeout: 10_000 })
  await queue.wake([bots[3]!], { delayMs: 10 })
  await vi.waitFor(() => expect(served).toContain('4'), { timeout: 10_000 })
})
