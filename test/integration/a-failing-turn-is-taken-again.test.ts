import type { Turn } from '@postino/queues'
import { expect, test, vi } from 'vitest'
import { createTestRedis } from '../support/create-test-redis.ts'
import {
  eventually,
  dumpRedis,
  useQueueDepths,
  useRedis,
  useTurnQueue,
  useTurnWorker,
} from './queues-under-test.ts'

const bot: Turn = { shopId: '1', botId: '7' }

class SecretTurnError extends Error {
  override readonly name = 'SecretTurnError'
}

test('a turn that throws is reported with its error and taken again by itself', async () => {
  const url = await createTestRedis()
  const queue = useTurnQueue(url)
  const depths = useQueueDepths(url)
  const error = new SecretTurnError('the text for +39 333 1234567')
  const onFailed = vi.fn()
  const process = vi
    .fn(async () => ({}))
    .mockRejectedValueOnce(error)
    .mockRejectedValueOnce(error)
  useTurnWorker(url, { process, onFailed })

  await queue.wake([bot])

  await eventually(() => expect(process).toHaveBeenCalledTimes(3))
  expect(onFailed.mock.calls).toEqual([
    [{ turn: { ...bot, shard: 0 }, error, failures: 1 }],
    [{ turn: { ...bot, shard: 0 }, error, failures: 2 }],
  ])
  await eventually(async () =>
    expect((await depths.read()).turns).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 }),
  )
  expect(await dumpRedis(useRedis(url))).not.toContain('1234567')
})

test('a wake brings forward the retry of a failed turn', async () => {
  const url = await createTestRedis()
  const queue = useTurnQueue(url)
  const onFailed = vi.fn()
  const process = vi.fn(async () => ({}))
  for (let i = 0; i < 8; i++) process.mockRejectedValueOnce(new Error('again'))
  useTurnWorker(url, { process, onFailed })

  // By itself the ninth turn would come after a minute and more.
  for (let turns = 1; turns <= 9; turns++) {
    await queue.wake([bot])
    await eventually(() => expect(process).toHaveBeenCalledTimes(turns))
    await eventually(() => expect(onFailed).toHaveBeenCalledTimes(Math.min(turns, 8)))
  }
})

test('a turn that names no time for the next one counts as failed', async () => {
  const url = await createTestRedis()
  const queue = useTurnQueue(url)
  const onFailed = vi.fn()
  const process = vi.fn(async () => ({})).mockResolvedValueOnce({ nextTurnInMs: Number.NaN })
  useTurnWorker(url, { process, onFailed })

  await queue.wake([bot])

  await eventually(() => expect(process).toHaveBeenCalledTimes(2))
  expect(onFailed).toHaveBeenCalledTimes(1)
})
