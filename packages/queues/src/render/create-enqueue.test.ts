import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createEnqueue } from './create-enqueue.ts'

function createScene(add: (messageIds: string[]) => Promise<void>) {
  const asked: string[][] = []
  const left: number[] = []
  const clock = { nowMs: 0 }
  const enqueue = createEnqueue({
    add(messageIds) {
      asked.push(messageIds)
      return add(messageIds)
    },
    onLeft: (count) => left.push(count),
    limitMs: 20,
    pauseMs: 1_000,
    maxUnderWay: 3,
    nowMs: () => clock.nowMs,
  })
  return { enqueue, asked, left, clock }
}

test('messages are asked for, none when there are none', async () => {
  const { enqueue, asked, left } = createScene(async () => {})
  await enqueue(['1', '2'])
  await enqueue([])
  expect(asked).toEqual([['1', '2']])
  expect(left).toEqual([])
})

test('a Redis that fails is left alone for a while', async () => {
  let add: () => Promise<void> = () => Promise.reject(new Error('away'))
  const { enqueue, asked, left, clock } = createScene(() => add())
  await enqueue(['1'])
  await enqueue(['2', '3'])
  expect(asked).toEqual([['1']])
  expect(left).toEqual([1, 2])

  clock.nowMs = 1_000
  add = () => Promise.resolve()
  await enqueue(['5'])
  expect(asked.at(-1)).toEqual(['5'])
  expect(left).toEqual([1, 2])
})

test('a slow Redis holds up one answer for its time and no other, gets its jobs all the same, and a bounded number of them', async () => {
  const ends: PromiseWithResolvers<void>[] = []
  const { enqueue, asked, left } = createScene(() => {
    const end = Promise.withResolvers<void>()
    ends.push(end)
    return end.promise
  })
  await enqueue(['1'])
  const { promise: soon, resolve } = Promise.withResolvers<string>()
  setImmediate(() => resolve('soon'))
  expect(await Promise.race([enqueue(['2', '3']).then(() => 'at once'), soon])).toBe('at once')
  expect(asked).toEqual([['1'], ['2', '3']])
  await enqueue(['4'])
  expect(left).toEqual([1])

  ends[0]?.resolve()
  ends[1]?.reject(new Error('away after all'))
  await nextTurn()
  expect(left).toEqual([1, 2])
})
