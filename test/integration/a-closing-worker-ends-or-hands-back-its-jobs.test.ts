import { AbandonedJobsError, JobStopped } from '@postino/queues'
import type { Turn, TurnEnd } from '@postino/queues'
import { once } from 'node:events'
import { expect, test, vi } from 'vitest'
import { createTestRedis } from '../support/create-test-redis.ts'
import {
  eventually,
  useQueueDepths,
  useRedisServer,
  useRenderQueue,
  useRenderWorker,
  useTurnQueue,
  useTurnWorker,
} from './queues-under-test.ts'

const bot: Turn = { shopId: '1', botId: '7' }
const LONG_MS = 600_000

test('close waits for the running turn and takes no other', async () => {
  const url = await createTestRedis()
  const queue = useTurnQueue(url)
  const depths = useQueueDepths(url)
  const turn = Promise.withResolvers<TurnEnd>()
  const process = vi.fn(() => turn.promise)
  const worker = useTurnWorker(url, { process })
  await queue.wake([bot])
  await eventually(() => expect(process).toHaveBeenCalledTimes(1))

  const closed = worker.close()
  await queue.wake([bot, { shopId: '1', botId: '8' }])
  turn.resolve({ nextTurnInMs: LONG_MS })
  await closed

  expect(process).toHaveBeenCalledTimes(1)
  expect((await depths.read()).turns).toEqual({ waiting: 2, active: 0, delayed: 1, failed: 0 })
})

test('past the deadline the signal fires, and a turn that stops is taken at once by another worker', async () => {
  const url = await createTestRedis()
  const queue = useTurnQueue(url)
  const onFailed = vi.fn()
  const started = Promise.withResolvers<void>()
  let signal: AbortSignal | undefined
  const worker = useTurnWorker(url, {
    closeTimeoutMs: 1,
    // Nobody could take it as the job of a dead worker within this test.
    lockDurationMs: LONG_MS,
    onFailed,
    process: async (_turn, aborted) => {
      signal = aborted
      started.resolve()
      await once(aborted, 'abort')
      throw new Error('stopped')
    },
  })
  await queue.wake([bot])
  await started.promise

  await worker.close()

  expect(signal?.reason).toBeInstanceOf(JobStopped)
  expect(signal?.reason).toMatchObject({ reason: 'closing' })
  const process = vi.fn(async () => ({}))
  useTurnWorker(url, { process })
  await eventually(() => expect(process).toHaveBeenCalledTimes(1))
  expect(onFailed).not.toHaveBeenCalled()
})

test('a render job stopped by closing goes back without an attempt counted', async () => {
  const url = await createTestRedis()
  const queue = useRenderQueue(url)
  const depths = useQueueDepths(url)
  const onFailed = vi.fn()
  const started = Promise.withResolvers<void>()
  const worker = useRenderWorker(url, {
    closeTimeoutMs: 1,
    lockDurationMs: LONG_MS,
    onFailed,
    process: async (_ids, signal) => {
      started.resolve()
      await once(signal, 'abort')
      signal.throwIfAborted()
    },
  })
  await queue.add(['1', '2'])
  await started.promise

  await worker.close()

  expect((await depths.read()).render).toEqual({ waiting: 1, active: 0, delayed: 0, failed: 0 })
  expect(onFailed).not.toHaveBeenCalled()
})

test('a turn that does not stop is reported, abandoned, and taken by another worker when its lock has run out', async () => {
  const url = await createTestRedis()
  const queue = useTurnQueue(url)
  const onError = vi.fn()
  const stuck = Promise.withResolvers<TurnEnd>()
  const started = vi.fn(() => stuck.promise)
  const worker = useTurnWorker(url, { closeTimeoutMs: 1, process: started, onError })
  await queue.wake([bot])
  await eventually(() => expect(started).toHaveBeenCalledTimes(1))

  await worker.close()

  expect(onError).toHaveBeenCalledWith(expect.any(AbandonedJobsError))
  expect(onError).toHaveBeenCalledWith(expect.objectContaining({ abandonedJobs: 1 }))
  const process = vi.fn(async () => ({}))
  useTurnWorker(url, { process })
  await eventually(() => expect(process).toHaveBeenCalledTimes(1))
  stuck.resolve({})
})

test('close returns although Redis has gone, with a turn running', async () => {
  const server = await useRedisServer()
  const queue = useTurnQueue(server.url)
  const stuck = Promise.withResolvers<TurnEnd>()
  const process = vi.fn(() => stuck.promise)
  const worker = useTurnWorker(server.url, { closeTimeoutMs: 100, process })
  await queue.wake([bot])
  await eventually(() => expect(process).toHaveBeenCalledTimes(1))

  await server.stop()
  await worker.close()
  stuck.resolve({})
})

test('closing twice, or without ever having run, is harmless', async () => {
  const url = await createTestRedis()
  const worker = useTurnWorker(url, { process: async () => ({}) })
  await Promise.all([worker.close(), worker.close()])
  await worker.close()
})
