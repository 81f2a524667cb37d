import { expect, test } from 'vitest'
import type { Turn } from '../job-catalogue.ts'
import { createWakeGather } from './gather-wakes.ts'

function bot(id: number): Turn {
  return { shopId: '1', botId: String(id) }
}

/** Calls that end when the test says so. */
function prepare() {
  const calls: (PromiseWithResolvers<void> & { bots: string[] })[] = []
  const wake = createWakeGather((turns) => {
    const call = { bots: turns.map(({ botId }) => botId), ...Promise.withResolvers<void>() }
    calls.push(call)
    return call.promise
  })
  const begun = async (count: number) => expect.poll(() => calls.length, { interval: 1 }).toBe(count)
  return { calls, wake, begun }
}

test('wakes of one round go together, each bot once; those made meanwhile wait for a call of their own', async () => {
  const { calls, wake, begun } = prepare()
  const first = [wake([bot(1), bot(2)]), wake([bot(2), bot(3)])]
  await begun(1)
  const second = [wake([bot(1)]), wake([bot(4)])]
  calls[0]?.resolve()
  await Promise.all(first)
  await begun(2)
  expect(calls.map(({ bots }) => bots)).toEqual([
    ['1', '2', '3'],
    ['1', '4'],
  ])
  calls[1]?.resolve()
  await Promise.all(second)
})

test('when a call fails, so do those that wait behind it, and the next one is made', async () => {
  const { calls, wake, begun } = prepare()
  const failing = wake([bot(1)])
  await begun(1)
  const waiting = wake([bot(2)])
  calls[0]?.reject(new Error('Redis is away'))
  await expect(failing).rejects.toThrow('Redis is away')
  await expect(waiting).rejects.toThrow('Redis is away')
  const next = wake([bot(3)])
  await begun(2)
  calls[1]?.resolve()
  await next
})
