import { closeRedis, createRedis, createRenderQueue, createTurnQueue, pingRedis } from '@postino/queues'
import { inspect } from 'node:util'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createTestRedis } from '../support/create-test-redis.ts'
import {
  eventually,
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
  await eventually(() => turns.wake([bot]))
  await renders.add(['1'])
  const process = vi.fn(async () => ({}))
  useTurnWorker(started.url, { process })
  await eventually(() => expect(process).toHaveBeenCalled())
  await turns.close()
  await renders.close()
})

test('a Redis that is connected but silent does not keep a producer waiting for ever', async () => {
  const server = await useRedisServer()
  const queue = useTurnQueue(server.url)
  const redis = useRedis(server.url)
  await queue.wake([bot])
  await pingRedis(redis)

  server.freeze()
  await expect(pingRedis(redis, 50)).rejects.toThrow('did not answer within 50 ms')
  await expect(queue.wake([bot])).rejects.toThrow()
  server.thaw()
  await eventually(() => queue.wake([bot]))
})

test('jobs that end while their connection is broken are ended when it is mended', async () => {
  const url = await createTestRedis()
  const turns = useTurnQueue(url)
  const renders = useRenderQueue(url)
  const redis = useRedis(url)
  const turn = Promise.withResolvers<object>()
  const render = Promise.withResolvers<undefined>()
  const takeTurn = vi.fn(async () => ({})).mockImplementationOnce(() => turn.promise)
  const renderBatch = vi.fn(async () => undefined).mockImplementationOnce(() => render.promise)
  // Within this test nobody could take the jobs over as those of a dead worker.
  useTurnWorker(url, { process: takeTurn, lockDurationMs: 600_000 })
  useRenderWorker(url, { process: renderBatch, lockDurationMs: 600_000 })
  await turns.wake([bot])
  await renders.add(['1'])
  await eventually(() => expect(takeTurn).toHaveBeenCalledTimes(1))
  await eventually(() => expect(renderBatch).toHaveBeenCalledTimes(1))

  await redis.call('CLIENT', 'KILL', 'TYPE', 'NORMAL', 'SKIPME', 'yes')
  turn.resolve({ nextTurnInMs: 1 })
  render.resolve(undefined)

  const depths = useQueueDepths(url)
  await eventually(() => expect(takeTurn).toHaveBeenCalledTimes(2))
  await eventually(async () =>
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

  await eventually(() => expect(onError).toHaveBeenCalled())

  expect(inspect(onError.mock.calls, { depth: 10, showHidden: true })).not.toContain('hunter2')
})
