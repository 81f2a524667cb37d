import type { Turn } from '@postino/queues'
import { expect, test, vi } from 'vitest'
import { createTestRedis } from '../support/create-test-redis.ts'
import { eventually, useQueueDepths, useTurnQueue, useTurnWorker } from './queues-under-test.ts'

const HOUR_MS = 3_600_000
const bot: Turn = { shopId: '1', botId: '7' }

test('a wake brings forward the turn a delayed wake asked for, and no second turn remains', async () => {
  const url = await createTestRedis()
  const queue = useTurnQueue(url)
  const depths = useQueueDepths(url)
  const process = vi.fn(async () => ({}))
  useTurnWorker(url, { process })

  await queue.wake([bot], { delayMs: HOUR_MS })
  expect((await depths.read()).turns).toMatchObject({ delayed: 1, waiting: 0 })
  await queue.wake([bot])

  await eventually(async () =>
    expect((await depths.read()).turns).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 }),
  )
  expect(process).toHaveBeenCalledTimes(1)
})

test('a wake brings forward the turn that the last turn asked for', async () => {
  const url = await createTestRedis()
  const queue = useTurnQueue(url)
  const depths = useQueueDepths(url)
  const process = vi.fn(async () => ({ nextTurnInMs: HOUR_MS }))
  useTurnWorker(url, { process })

  await queue.wake([bot])
  await eventually(async () => expect((await depths.read()).turns).toMatchObject({ active: 0, delayed: 1 }))
  await queue.wake([bot])

  await eventually(() => expect(process).toHaveBeenCalledTimes(2))
})

test('a delayed wake brings forward a turn that is delayed longer', async () => {
  const url = await createTestRedis()
  const queue = useTurnQueue(url)
  const process = vi.fn(async () => ({}))
  useTurnWorker(url, { process })

  await queue.wake([bot], { delayMs: HOUR_MS })
  await queue.wake([bot], { delayMs: 10 })

  await eventually(() => expect(process).toHaveBeenCalledTimes(1))
})

test('an alarm that has rung is kept until the turn has started: the process that rang it may have died', async () => {
  const url = await createTestRedis()
  const queue = useTurnQueue(url)
  const depths = useQueueDepths(url)
  const firstTurn = Promise.withResolvers<object>()
  const process = vi.fn(async () => ({})).mockImplementationOnce(() => firstTurn.promise)
  useTurnWorker(url, { concurrency: 1, process })
  await queue.wake([{ shopId: '1', botId: '8' }])
  await eventually(() => expect(process).toHaveBeenCalledTimes(1))

  await queue.wake([bot], { delayMs: 10 })
  await eventually(async () => expect((await depths.read()).turns).toMatchObject({ waiting: 1 }))
  expect((await depths.read()).turns).toMatchObject({ waiting: 1, delayed: 1 })
  firstTurn.resolve({})

  await eventually(async () =>
    expect((await depths.read()).turns).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 }),
  )
  expect(process).toHaveBeenCalledTimes(2)
})
