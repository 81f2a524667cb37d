import { expect, test } from 'vitest'
import { createClock } from '../clock.ts'
import { createUpdateQueue } from './update-queue.ts'

function createQueue() {
  let nowMs = 0
  const queue = createUpdateQueue(
    createClock(() => nowMs),
    100,
  )
  const push = (name: string, lifetimeMs = 1000) =>
    queue.push({ field: `"message":"${name}"`, lane: 'a', expiresAtMs: nowMs + lifetimeMs })
  const ids = (updates: { id: number }[]) => updates.map(({ id }) => id)
  return { queue, push, ids, pass: (ms: number) => void (nowMs += ms) }
}

test('updates are numbered in a row and written as the real server writes them', () => {
  const { queue, push } = createQueue()
  push('a')
  expect(push('b')?.id).toBe(101)
  expect(queue.take(0, 10).map(({ json }) => json)).toEqual([
    '{"update_id":100,\n"message":"a"}',
    '{"update_id":101,\n"message":"b"}',
  ])
})

test('an offset confirms what is before it, a limit leaves the rest waiting', () => {
  const { queue, push, ids } = createQueue()
  for (const name of 'abcd') push(name)
  expect(ids(queue.take(101, 2))).toEqual([101, 102])
  expect(ids(queue.pending())).toEqual([101, 102, 103])
})

test('an offset far from every number that was given out confirms nothing', () => {
  const { queue, push, ids } = createQueue()
  push('a')
  push('b')
  expect(ids(queue.take(2_000_000_000, 10))).toEqual([100, 101])
  expect(ids(queue.take(112, 10))).toEqual([])
})

test('an update is forgotten when its time is over', () => {
  const { queue, push, ids, pass } = createQueue()
  push('short', 100)
  push('long', 1000)
  pass(100)
  expect(ids(queue.pending())).toEqual([101])
})

test('only the newest are kept when that is asked for', () => {
  const { queue, push, ids } = createQueue()
  for (const name of 'abcd') push(name)
  queue.keepNewest(2)
  expect(ids(queue.pending())).toEqual([102, 103])
  queue.keepNewest(0)
  expect(queue.pending()).toEqual([])
})

test('a number out of the row is kept and does not move the numbering', () => {
  const { queue, push, ids } = createQueue()
  push('a')
  queue.push({ field: '"x":1', lane: 'b', expiresAtMs: 1000, id: 7 })
  push('b')
  expect(ids(queue.pending())).toEqual([100, 7, 101])
})
