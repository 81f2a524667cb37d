import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createClock } from './clock.ts'

test('what waits for the same moment happens in order, except what was given up', async () => {
  let nowMs = 1000
  const clock = createClock(() => nowMs)
  const happened: string[] = []
  const wait = (name: string, delayMs: number) => clock.after(delayMs, () => happened.push(name))
  wait('b', 500)
  const giveUp = wait('c', 500)
  wait('a', 400)
  wait('d', 500)
  const giveUpMore = wait('e', 600)
  giveUp()
  giveUpMore()
  giveUpMore()
  await pause(5)
  expect(happened).toEqual([])
  clock.advance(500)
  await pause(5)
  expect(happened.toSorted()).toEqual(['a', 'b', 'd'])
  expect(happened.filter((name) => name !== 'a')).toEqual(['b', 'd'])
  expect(clock.nowMs()).toBe(1500)
  nowMs += 100
  giveUp()
  wait('f', 0)
  clock.stop()
  wait('g', 0)
  await pause(5)
  expect(happened).toHaveLength(3)
})

test('what happens at a moment may wait for the same moment again', async () => {
  const clock = createClock(() => 1000)
  const times: number[] = []
  clock.after(0, () => {
    times.push(1)
    clock.after(0, () => times.push(2))
    giveUp()
  })
  const giveUp = clock.after(0, () => times.push(3))
  while (times.length < 2) await pause(1)
  expect(times).toEqual([1, 2])
})
