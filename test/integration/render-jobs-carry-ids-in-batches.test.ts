import { expect, test, vi } from 'vitest'
import { createTestRedis } from '../support/create-test-redis.ts'
import {
  eventually,
  dumpRedis,
  useQueueDepths,
  useRedis,
  useRenderQueue,
  useRenderWorker,
} from './queues-under-test.ts'

const NONE = { waiting: 0, active: 0, delayed: 0, failed: 0 }

test('25,020 messages become 501 jobs of at most 50 ids, and each is rendered once', async () => {
  const url = await createTestRedis()
  const queue = useRenderQueue(url)
  const depths = useQueueDepths(url)
  const messageIds = Array.from({ length: 25_020 }, (_, i) => String(9_000_000_000_000_000_000n + BigInt(i)))

  await queue.add(messageIds)
  expect((await depths.read()).render).toEqual({ ...NONE, waiting: 501 })

  const rendered: string[] = []
  const sizes = new Set<number>()
  useRenderWorker(url, {
    process: async (ids) => {
      sizes.add(ids.length)
      rendered.push(...ids)
    },
  })
  await eventually(() => expect(rendered).toHaveLength(25_020))
  expect(new Set(rendered)).toEqual(new Set(messageIds))
  expect(sizes).toEqual(new Set([50, 20]))
  await eventually(async () => expect((await depths.read()).render).toEqual(NONE))
})

test('nothing to add is no job, and something else than ids is refused', async () => {
  const url = await createTestRedis()
  const queue = useRenderQueue(url)
  await queue.add([])
  await expect(queue.add(['1', 'Anna'])).rejects.toThrow('decimal')
  await expect(queue.add(['0:1'])).rejects.toThrow('decimal')
  expect((await useQueueDepths(url).read()).render).toEqual(NONE)
})

test('a job that throws is tried again, and every attempt is reported with its error', async () => {
  const url = await createTestRedis()
  const queue = useRenderQueue(url)
  const onFailed = vi.fn()
  const error = new TypeError('no such template')
  const process = vi.fn(async () => undefined).mockRejectedValueOnce(error)
  useRenderWorker(url, { process, onFailed })

  await queue.add(['1', '2'])

  await eventually(() => expect(process).toHaveBeenCalledTimes(2))
  expect(process).toHaveBeenLastCalledWith(['1', '2'], expect.any(AbortSignal))
  expect(onFailed.mock.calls).toEqual([[{ messageIds: ['1', '2'], error, attempt: 1, isFinal: false }]])
})

test('a job that keeps throwing ends as failed, and Redis knows the kind of error only', async () => {
  const url = await createTestRedis()
  const queue = useRenderQueue(url)
  const depths = useQueueDepths(url)
  const onFailed = vi.fn()
  useRenderWorker(url, {
    process: async () => {
      throw new RangeError('dear Anna, +39 333 1234567')
    },
    onFailed,
  })

  await queue.add(['1'])

  await eventually(async () => expect((await depths.read()).render).toEqual({ ...NONE, failed: 1 }))
  expect(onFailed).toHaveBeenCalledTimes(5)
  expect(onFailed).toHaveBeenLastCalledWith(expect.objectContaining({ attempt: 5, isFinal: true }))
  const dump = await dumpRedis(useRedis(url))
  expect(dump).toContain('RangeError')
  expect(dump).not.toContain('Anna')
  expect(dump).not.toContain('1234567')
}, 30_000)
