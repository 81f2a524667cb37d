import type { Turn, TurnEnd } from '@postino/queues'
import { expect, test, vi } from 'vitest'
import { createTestRedis } from '../support/create-test-redis.ts'
import { eventually, useQueueDepths, useTurnQueue, useTurnWorker } from './queues-under-test.ts'

const bot: Turn = { shopId: '1', botId: '7' }

test('a hundred wakes during a turn lead to exactly one turn after it', async () => {
  const url = await createTestRedis()
  const producers = [useTurnQueue(url), useTurnQueue(url)]
  const depths = useQueueDepths(url)
  const firstTurn = Promise.withResolvers<TurnEnd>()
  const process = vi.fn(async () => ({})).mockImplementationOnce(() => firstTurn.promise)
  for (let worker = 0; worker < 2; worker++) useTurnWorker(url, { process })
  await producers[0]!.wake([bot])
  await eventually(() => expect(process).toHaveBeenCalledTimes(1))

  await Promise.all(Array.from({ length: 100 }, (_, i) => producers[i % 2]!.wake([bot])))
  expect((await depths.read()).turns).toMatchObject({ active: 1, waiting: 0 })
  firstTurn.resolve({})

  await eventually(async () =>
    expect((await depths.read()).turns).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 }),
  )
  expect(process).toHaveBeenCalledTimes(2)
})

test('a turn that asks for another at once lets the bots that wait go first', async () => {
  const url = await createTestRedis()
  const queue = useTurnQueue(url)
  const order: string[] = []
  await queue.wake(['1', '2', '3', '1'].map((botId) => ({ shopId: '1', botId })))

  useTurnWorker(url, {
    concurrency: 1,
    process: async ({ botId }) => {
      order.push(botId)
      return order.length < 5 ? { nextTurnInMs: 0 } : {}
    },
  })

  await eventually(() => expect(order).toEqual(['1', '2', '3', '1', '2', '3', '1']))
})
