import { JobStopped } from '@postino/queues'
import type { Turn } from '@postino/queues'
import { once } from 'node:events'
import { expect, test, vi } from 'vitest'
import { createTestRedis } from '../support/create-test-redis.ts'
import { eventually, useRedis, useRedisServer, useTurnQueue, useTurnWorker } from './queues-under-test.ts'

const bot: Turn = { shopId: '1', botId: '7' }

test('a turn whose lock is gone from Redis is told to stop, and the bot gets another turn', async () => {
  const url = await createTestRedis()
  const queue = useTurnQueue(url)
  const redis = useRedis(url)
  const signals: AbortSignal[] = []
  const onFailed = vi.fn()
  useTurnWorker(url, {
    onFailed,
    process: async (_turn, signal) => {
      signals.push(signal)
      if (signals.length > 1) return {}
      await once(signal, 'abort')
      throw signal.reason
    },
  })
  await queue.wake([bot])
  await eventually(() => expect(signals).toHaveLength(1))

  const [lock] = await redis.keys('{postino}:turns:*:lock')
  await redis.del(lock!)

  await eventually(() => expect(signals).toHaveLength(2))
  expect(signals[0]!.reason).toBeInstanceOf(JobStopped)
  expect(signals[0]!.reason).toMatchObject({ reason: 'lock-lost' })
  expect(onFailed).not.toHaveBeenCalled()
})

test('a sender cut off from Redis stops its turn before the lock runs out', async () => {
  const server = await useRedisServer()
  const queue = useTurnQueue(server.url)
  const stopped = Promise.withResolvers<unknown>()
  const process = vi.fn(async (_turn: Turn, signal: AbortSignal) => {
    await once(signal, 'abort')
    stopped.resolve(signal.reason)
    return {}
  })
  useTurnWorker(server.url, { process })
  await queue.wake([bot])
  await eventually(() => expect(process).toHaveBeenCalledTimes(1))

  server.freeze()
  expect(await stopped.promise).toMatchObject({ reason: 'lock-lost' })
  server.thaw()
})

test('a long turn keeps its lock as long as Redis answers', async () => {
  const url = await createTestRedis()
  const queue = useTurnQueue(url)
  const turn = Promise.withResolvers<object>()
  let renewals = 0
  const process = vi.fn(async (_turn: Turn, _signal: AbortSignal) => turn.promise)
  const worker = { lockDurationMs: 300, stalledIntervalMs: 50, process }
  useTurnWorker(url, worker)
  useTurnWorker(url, worker)
  await queue.wake([bot])
  const redis = useRedis(url)

  // Watched for four times the lock's life.
  await eventually(async () => {
    const [lock] = await redis.keys('{postino}:turns:*:lock')
    const leftMs = lock === undefined ? 0 : await redis.pttl(lock)
    if (leftMs > 250) renewals++
    expect(renewals).toBeGreaterThan(15)
  })
  expect(process.mock.lastCall?.[1].aborted).toBe(false)
  turn.resolve({})

  expect(process).toHaveBeenCalledTimes(1)
})
