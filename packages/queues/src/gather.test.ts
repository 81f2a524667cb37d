import { expect, test } from 'vitest'
import { createGather } from './gather.ts'

/** Flushes that end when the test says so. */
function prepare() {
  const flushes: (PromiseWithResolvers<void> & { items: string[] })[] = []
  const gather = createGather<string>((items) => {
    const flush = { items, ...Promise.withResolvers<void>() }
    flushes.push(flush)
    return flush.promise
  })
  const begun = async (count: number) => expect.poll(() => flushes.length, { interval: 1 }).toBe(count)
  return { flushes, gather, begun }
}

test('what comes in one round goes together; what comes meanwhile waits for a flush of its own', async () => {
  const { flushes, gather, begun } = prepare()
  const first = [gather(['a', 'b']), gather(['c'])]
  await begun(1)
  const second = [gather(['d']), gather(['e', 'a'])]
  flushes[0]?.resolve()
  await Promise.all(first)
  await begun(2)
  expect(flushes.map(({ items }) => items)).toEqual([
    ['a', 'b', 'c'],
    ['d', 'e', 'a'],
  ])
  flushes[1]?.resolve()
  await Promise.all(second)
})

test('when a flush fails, so do those that wait behind it, and the next one is made', async () => {
  const { flushes, gather, begun } = prepare()
  const failing = gather(['a'])
  await begun(1)
  const waiting = gather(['b'])
  flushes[0]?.reject(new Error('Redis is away'))
  await expect(failing).rejects.toThrow('Redis is away')
  await expect(waiting).rejects.toThrow('Redis is away')
  const next = gather(['c'])
  await begun(2)
  flushes[1]?.resolve()
  await next
})
