import type { Turn, TurnEnd } from '@postino/queues'
import { expect, test, vi } from 'vitest'
import { useRedisServer, useTurnQueue, useTurnWorker } from './queues-under-test.ts'

const HOUR_MS = 3_600_000
const bot: Turn = { shopId: '1', botId: '7' }

test('a delayed wake does not postpone an earlier delayed one', async () => {
  const server = await useRedisServer()
  const queue = useTurnQueue(server)
  const process = vi.fn(async () => ({}))

  await queue.wake([bot], { delayMs: 10 })
  await queue.wake([bot], { delayMs: HOUR_MS })

  useTurnWorker(server, { process })
  await vi.waitFor(() => expect(process).toHaveBeenCalledTimes(1))
})

test('a delayed wake does not postpone the turn that waits', async () => {
  const server = await useRedisServer()
  const queue = useTurnQueue(server)
  const process = vi.fn(async () => ({}))

  await queue.wake([bot])
  await queue.wake([bot], { delayMs: HOUR_MS })

  useTurnWorker(server, { process })
  await vi.waitFor(() => expect(process).toHaveBeenCalledTimes(1))
})

test('during a turn, neither a delayed wake nor the end of the turn postpones the turn a wake asked for', async () => {
  const server = await useRedisServer()
  const queue = useTurnQueue(server)
  const firstTurn = Promise.withResolvers<TurnEnd>()
  const process = vi.fn(async () => ({})).mockImplementationOnce(() => firstTurn.promise)
  useTurnWorker(server, { process })
  await queue.wake([bot])
  await vi.waitFor(() => expect(process).toHaveBeenCalledTimes(1))

  await queue.wake([bot])
  await queue.wake([bot], { delayMs: HOUR_MS })
  firstTurn.resolve({ nextTurnInMs: HOUR_MS })

  await vi.waitFor(() => expect(process).toHaveBeenCalledTimes(2))
})

test('the turn a turn asks for does not postpone what was asked for meanwhile', async () => {
  const server = await useRedisServer()
  const queue = useTurnQueue(server)
  const firstTurn = Promise.withResolvers<TurnEnd>()
  const process = vi.fn(async () => ({})).mockImplementationOnce(() => firstTurn.promise)
  useTurnWorker(server, { process })
  await queue.wake([bot])
  await vi.waitFor(() => expect(process).toHaveBeenCalledTimes(1))

  await queue.wake([bot], { delayMs: 10 })
  firstTurn.resolve({ nextTurnInMs: HOUR_MS })

  await vi.waitFor(() => expect(process).toHaveBeenCalledTimes(2))
})
