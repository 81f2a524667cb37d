import { expect, test } from 'vitest'
import { createGather } from './gather.ts'

test('what comes while a flush runs goes together into the next one, each with its own result', async () => {
  const batches: number[][] = []
  const first = Promise.withResolvers<void>()
  const gather = createGather<number, number>(
    async (items) => {
      batches.push(items)
      if (batches.length === 1) await first.promise
      return items.map((item) => item * 2)
    },
    { maxItems: 3, flushes: 1 },
  )
  const one = gather(1)
  await new Promise(setImmediate)
  const others = [2, 3, 4, 5].map(gather)
  first.resolve()
  expect(await Promise.all([one, ...others])).toEqual([2, 4, 6, 8, 10])
  expect(batches).toEqual([[1], [2, 3, 4], [5]])
})

test('a failed flush is told to those it concerns, and the next one goes on', async () => {
  let flushes = 0
  const gather = createGather<string, string>(
    async (items) => {
      if (flushes++ === 0) throw new Error('away')
      return items
    },
    { maxItems: 1, flushes: 1 },
  )
  const results = await Promise.allSettled([gather('a'), gather('b')])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
})

test('after a flush with company the next one waits a moment for more; one that is alone never waits', async () => {
  const batches: number[][] = []
  const gather = createGather<number, number>(
    async (items) => {
      batches.push(items)
      return items
    },
    { maxItems: 100, flushes: 1, companyMs: 20 },
  )
  const crowd = Array.from({ length: 10 }, (_, item) => gather(item))
  await Promise.all(crowd)
  const early = gather(10)
  await new Promise(setImmediate)
  await Promise.all([early, gather(11)])
  expect(batches.map(({ length }) => length)).toEqual([10, 2])

  await gather(12)
  await gather(13)
  expect(batches.map(({ length }) => length)).toEqual([10, 2, 1, 1])
})
