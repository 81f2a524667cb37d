import type { Turn, TurnEnd } from '@postino/queues'
import { expect, test, vi } from 'vitest'
import { createTestRedis } from '../support/create-test-redis.ts'
import { eventually, useTurnQueue, useTurnWorker } from './queues-under-test.ts'

const HOUR_MS = 3_600_000
const bot: Turn = { shopId: '1', botId: '7' }

test('a delayed wake does not postpone an earlier delayed one', async () => {
  const url = await createTestRedis()
  const queue = useTurnQueue(url)
  const process = vi.fn(async () => ({}))

  await queue.wake([bot], { delayMs: 10 })
  await queue.wake([bot], { delayMs: HOUR_MS })

  useTurnWorker(url, { process })
  await eventually(() => expect(process).toHaveBeenCalledTimes(1))
})

test('a delayed wake does not postpone the turn that waits', async () => {
  const url = await createTestRedis()
  const queue = useTurnQueue(url)
  const process = vi.fn(async () => ({}))

  await queue.wake([bot])
  await queue.wake([bot], { delayMs: HOUR_MS })

  useTurnWorker(url, { process })
  await eventually(() => expect(process).toHaveBeenCalledTimes(1))
})

test('during a turn, neither a delayed wake nor the end of the turn postpones the turn a wake asked for', async () => {
  const url = await createTestRedis()
  const queue = useTurnQueue(url)
  const firstTurn = Promise.withResolvers<TurnEnd>()
  const process = vi.fn(async () => ({})).mockImplementationOnce(() => firstTurn.promise)
  useTurnWorker(url, { process })
  await queue.wake([bot])
  await eventually(() => expect(process).toHaveBeenCalledTimes(1))

  await queue.wake([bot])
  await queue.wake([bot], { delayMs: HOUR_MS })
  firstTurn.resolve({ nextTurnInMs: HOUR_MS })

  await eventually(() => expect(process).toHaveBeenCalledTimes(2))
})

test('the turn a turn asks for does not postpone what was asked for meanwhile', async () => {
  const url = await createTestRedis()
  const queue = useTurnQueue(url)
  const firstTurn = Promise.withResolvers<TurnEnd>()
  const process = vi.fn(async () => ({})).mockImplementationOnce(() => firstTurn.promise)
  useTurnWorker(url, { process })
  await queue.wake([bot])
  await eventually(() => expect(process).toHaveBeenCalledTimes(1))

  await queue.wake([bot], { delayMs: 10 })
  firstTurn.resolve({ nextTurnInMs: HOUR_MS })

  await eventually(() => expect(process).toHaveBeenCalledTimes(2))
})
