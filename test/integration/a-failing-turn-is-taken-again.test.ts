import type { Turn } from '@postino/queues'
import { expect, test, vi } from 'vitest'
import {
  dumpRedis,
  useQueueDepths,
  useRedis,
  useRedisServer,
  useTurnQueue,
  useTurnWorker,
} from './queues-under-test.ts'

const bot: Turn = { shopId: '1', botId: '7' }

class SecretTurnError extends Error {
  override readonly name = 'SecretTurnError'
}

test('a turn that throws is reported with its error and taken again by itself', async () => {
  const server = await useRedisServer()
  const queue = useTurnQueue(server)
  const depths = useQueueDepths(server)
  const error = new SecretTurnError('the text for +39 333 1234567')
  const onFailed = vi.fn()
  const process = vi
    .fn(async () => ({}))
    .mockRejectedValueOnce(error)
    .mockRejectedValueOnce(error)
  useTurnWorker(server, { process, onFailed })

  await queue.wake([bot])

  await vi.waitFor(() => expect(process).toHaveBeenCalledTimes(3), { timeout: 10_000 })
  expect(onFailed.mock.calls).toEqual([
    [{ turn: bot, error, failures: 1 }],
    [{ turn: bot, error, failures: 2 }],
  ])
  await vi.waitFor(async () =>
    expect((await depths.read()).turns).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 }),
  )
  expect(await dumpRedis(useRedis(server))).not.toContain('1234567')
})

test('a wake brings forward the retry of a failed turn', async () => {
  const server = await useRedisServer()
  const queue = useTurnQueue(server)
  const onFailed = vi.fn()
  const process = vi.fn(async () => ({}))
  for (let i = 0; i < 8; i++) process.mockRejectedValueOnce(new Error('again'))
  useTurnWorker(server, { process, onFailed })

  // By itself the ninth turn would come after a minute and more.
  for (let turns = 1; turns <= 9; turns++) {
    await queue.wake([bot])
    await vi.waitFor(() => expect(process).toHaveBeenCalledTimes(turns))
    await vi.waitFor(() => expect(onFailed).toHaveBeenCalledTimes(Math.min(turns, 8)))
  }
})

test('a turn that names no time for the next one counts as failed', async () => {
  const server = await useRedisServer()
  const queue = useTurnQueue(server)
  const onFailed = vi.fn()
  const process = vi.fn(async () => ({})).mockResolvedValueOnce({ nextTurnInMs: Number.NaN })
  useTurnWorker(server, { process, onFailed })

  await queue.wake([bot])

  await vi.waitFor(() => expect(process).toHaveBeenCalledTimes(2), { timeout: 5_000 })
  expect(onFailed).toHaveBeenCalledTimes(1)
})
