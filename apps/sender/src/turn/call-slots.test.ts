import { expect, test } from 'vitest'
import { createCallSlots } from './call-slots.ts'

const LONG_MS = 60_000

test('a slot is taken for as long as its call lasts, however that ends', async () => {
  const slots = createCallSlots(2)
  const [first, second] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()]
  const calls = [slots.hold(first.promise), slots.hold(second.promise)]
  expect(slots.isFree()).toBe(false)
  first.resolve('sent')
  expect(await calls[0]).toBe('sent')
  expect(slots.isFree()).toBe(true)
  second.reject(new Error('not recorded'))
  await expect(calls[1]).rejects.toThrow('not recorded')
  expect(slots.isFree()).toBe(true)
})

test('of those who wait, each slot that becomes free wakes the one who came first', async () => {
  const slots = createCallSlots(1)
  const woken: string[] = []
  const wait = async (name: string) => {
    await slots.waitForFree(LONG_MS)
    woken.push(name)
  }
  const call = Promise.withResolvers<void>()
  const held = slots.hold(call.promise)
  const [first, second] = [wait('first'), wait('second')]
  call.resolve()
  await Promise.all([held, first])
  expect(woken).toEqual(['first'])
  await slots.hold(Promise.resolve())
  await second
  expect(woken).toEqual(['first', 'second'])
})

test('nobody waits for longer than it said, and who has gone is not woken in another one’s place', async () => {
  const slots = createCallSlots(1)
  const call = Promise.withResolvers<void>()
  const held = slots.hold(call.promise)
  await slots.waitForFree(1)
  expect(slots.isFree()).toBe(false)
  const next = slots.waitForFree(LONG_MS)
  call.resolve()
  await Promise.all([held, next])
  expect(slots.isFree()).toBe(true)
})

test('who waits for a shorter time than those before has waited no longer', async () => {
  const slots = createCallSlots(1)
  void slots.hold(new Promise(() => undefined))
  const woken: string[] = []
  const wait = async (name: string, limitMs: number) => {
    await slots.waitForFree(limitMs)
    woken.push(name)
  }
  await Promise.all([wait('second', 60), wait('first', 1), wait('third', 90)])
  expect(woken).toEqual(['first', 'second', 'third'])
})
