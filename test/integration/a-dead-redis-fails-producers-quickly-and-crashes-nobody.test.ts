import { closeRedis, createRedis, createRenderQueue, createTurnQueue, pingRedis } from '@postino/queues'
import { inspect } from 'node:util'
import { expect, onTestFinished, test, vi } from 'vitest'
import {
  useQueueDepths,
  useRedis,
  useRedisServer,
  useRenderQueue,
  useRenderWorker,
  useTurnQueue,
  useTurnWorker,
} from './queues-under-test.ts'
import { startRedisServer } from './redis-server.ts'

const bot = { shopId: '1', botId: '7' }

test('without a Redis at start every call is rejected, errors are reported, and all works once it is there', async () => {
  const server = await startRedisServer()
  await server.stop()
  const onError = vi.fn()
  const redis = createRedis({ url: server.url, onError })
  onTestFinished(() => closeRedis(redis))
  const turns = createTurnQueue({ redis })
  const renders = createRenderQueue({ redis })

  await expect(turns.wake([bot])).rejects.toThrow()
  await expect(turns.wake([bot], { delayMs: 50 })).rejects.toThrow()
  await expect(renders.add(['1'])).rejects.toThrow()
  await expect(pingRedis(redis, 200)).rejects.toThrow()
  expect(onError).toHaveBeenCalledWith(expect.objectContaining({ code: 'ECONNREFUSED' }))

  const started = await startRedisServer({ port: server.port })
  onTestFinished(started.stop)
  await vi.waitFor(() => turns.wake([bot]), { timeout: 10_000, interval: 50 })
  await renders.add(['1'])
  const process = vi.fn(async () => ({}))
  useTurnWorker(started, { process })
  await vi.waitFor(() => expect(process).toHaveBeenCalled())
  await turns.close()
  await renders.close()
})

test('a Redis that is connected but silent does not keep a producer waiting for ever', async () => {
  const server = await useRedisServer()
  const queue = useTurnQueue(server)
  const redis = useRedis(server)
  await queue.wake([bot])
  await pingRedis(redis)

  server.freeze()
  await expect(pingRedis(redis, 50)).rejects.toThrow('did not answer within 50 ms')
  await expect(queue.wake([bot])).rejects.toThrow()
  server.thaw()
  await vi.waitFor(() => queue.wake([bot]), { timeout: 10_000, interval: 50 })
})

test('jobs that end while their connection is broken are ended when it is mended', async () => {
  const server = await useRedisServer()
  const turns = useTurnQueue(server)
  const renders = useRenderQueue(server)
  const redis = useRedis(server)
  const turn = Promise.withResolvers<object>()
  const render = Promise.withResolvers<undefined>()
  const takeTurn = vi.fn(async () => ({})).mockImplementationOnce(() => turn.promise)
  const renderBatch = vi.fn(async () => undefined).mockImplementationOnce(() => render.promise)
  // Within this test nobody could take the jobs over as those of a dead worker.
  useTurnWorker(server, { process: takeTurn, lockDurationMs: 600_000 })
  useRenderWorker(server, { process: renderBatch, lockDurationMs: 600_000 })
  await turns.wake([bot])
  await renders.add(['1'])
  await vi.waitFor(() => expect(takeTurn).toHaveBeenCalledTimes(1))
  await vi.waitFor(() => expect(renderBatch).toHaveBeenCalledTimes(1))

  await redis.call('CLIENT', 'KILL', 'TYPE', 'NORMAL', 'SKIPME', 'yes')
  turn.resolve({ nextTurnInMs: 1 })
  render.resolve(undefined)

  const depths = useQueueDepths(server)
  await vi.waitFor(() => expect(takeTurn).toHaveBeenCalledTimes(2), { timeout: 5_000 })
  await vi.waitFor(async () =>
    expect(await depths.read()).toMatchObject({
      render: { active: 0, failed: 0 },
      turns: { active: 0, failed: 0 },
    }),
  )
  expect(renderBatch).toHaveBeenCalledTimes(1)
})

test('a refused password is reported without the password', async () => {
  const server = await useRedisServer(['--requirepass', 'the-right-one'])
  const onError = vi.fn()
  const redis = createRedis({ url: server.url.replace('redis://', 'redis://:hunter2-secret@'), onError })
  onTestFinished(() => closeRedis(redis))

  await vi.waitFor(() => expect(onError).toHaveBeenCalled())

  expect(inspect(onError.mock.calls, { depth: 10, showHidden: true })).not.toContain('hunter2')
})
