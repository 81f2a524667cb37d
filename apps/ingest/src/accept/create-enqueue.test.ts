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

test('a Redis that fails or hangs delays no answer for long and is then left alone for a while', async () => {
  let add: () => Promise<void> = () => Promise.reject(new Error('away'))
  const { enqueue, asked, left, clock } = createScene(() => add())
  await enqueue(['1'])
  await enqueue(['2', '3'])
  expect(asked).toEqual([['1']])
  expect(left).toEqual([1, 2])

  clock.nowMs = 1_000
  add = () => new Promise(() => {})
  await enqueue(['4'])
  expect(left).toEqual([1, 2, 1])

  clock.nowMs = 2_000
  add = () => Promise.resolve()
  await enqueue(['5'])
  expect(asked.at(-1)).toEqual(['5'])
  expect(left).toHaveLength(3)
})
