import { setImmediate as nextTurn } from 'node:timers/promises'
import { TimeLimitError } from '@postino/http'
import { expect, test } from 'vitest'
import { createWaitingLine, LineFullError, type WaitingLineOptions } from './create-waiting-line.ts'

/** A line whose flushes end when the test says so. */
function createScene(options: Partial<WaitingLineOptions<string, string>> = {}) {
  const flushes: { items: string[]; end: () => void; fail: (error: Error) => void }[] = []
  const line = createWaitingLine<string, string>({
    async flush(items) {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      flushes.push({ items, end: resolve, fail: reject })
      await promise
      return items.map((item) => item.toUpperCase())
    },
    maxItemsPerFlush: 5,
    maxWaiting: { total: 20, perShop: 12 },
    deadlineMs: 10_000,
    flushLimitMs: 10_000,
    ...options,
  })
  return { line, flushes }
}

test('an idle line flushes at once, and what comes meanwhile goes together', async () => {
  const { line, flushes } = createScene()
  const first = line.add('1', ['a'])
  expect(flushes.map(({ items }) => items)).toEqual([['a']])
  const others = [line.add('1', ['b']), line.add('2', ['c', 'd']), line.add('1', ['e'])]
  flushes[0]!.end()
  expect(await first).toEqual(['A'])
  await nextTurn()
  expect(flushes.map(({ items }) => items)).toEqual([['a'], ['b', 'c', 'd', 'e']])
  flushes[1]!.end()
  expect(await Promise.all(others)).toEqual([['B'], ['C', 'D'], ['E']])
})

test('what one shop brought keeps its order, and the others do not wait behind all of it', async () => {
  const { line, flushes } = createScene({ maxItemsPerFlush: 2 })
  const answers = ['a', 'b', 'c', 'd', 'e'].map((item) => line.add('busy', [item]))
  answers.push(line.add('quiet', ['x']))
  for (let flush = 0; flush < 4; flush++) {
    flushes[flush]!.end()
    await nextTurn()
  }
  expect(flushes.map(({ items }) => items)).toEqual([['a'], ['b', 'x'], ['c', 'd'], ['e']])
  expect((await Promise.all(answers)).flat()).toEqual(['A', 'B', 'C', 'D', 'E', 'X'])
})

test('a parcel is never torn apart, and a flush never larger than it may be', async () => {
  const { line, flushes } = createScene()
  const answers = [line.add('1', ['a']), line.add('1', ['b', 'c', 'd']), line.add('2', ['e', 'f', 'g'])]
  for (let flush = 0; flush < 3; flush++) {
    flushes[flush]!.end()
    await nextTurn()
  }
  expect(flushes.map(({ items }) => items)).toEqual([['a'], ['b', 'c', 'd'], ['e', 'f', 'g']])
  expect((await Promise.all(answers)).flat()).toHaveLength(7)
})

test('a full line refuses, the shop that fills its share before the others', async () => {
  const { line, flushes } = createScene()
  const waiting = [1, 2, 3, 4].map(() => line.add('greedy', ['a', 'b', 'c']))
  await expect(line.add('greedy', ['d'])).rejects.toMatchObject({ scope: 'shop_full' })
  waiting.push(line.add('other', ['a', 'b', 'c', 'd', 'e']), line.add('third', ['a', 'b', 'c']))
  await expect(line.add('fourth', ['a'])).rejects.toThrow(LineFullError)
  await expect(line.add('fourth', ['a'])).rejects.toMatchObject({ scope: 'full' })
  for (let flush = 0; flush < waiting.length; flush++) {
    flushes[flush]?.end()
    await nextTurn()
  }
  await Promise.all(waiting)
  const later = line.add('greedy', ['e', 'f', 'g', 'h', 'i'])
  flushes.at(-1)!.end()
  expect(await later).toEqual(['E', 'F', 'G', 'H', 'I'])
})

test('a failed flush is told to those it was for, and the next goes on', async () => {
  const { line, flushes } = createScene()
  const first = line.add('1', ['a'])
  const second = line.add('1', ['b'])
  flushes[0]!.fail(new Error('gone'))
  await expect(first).rejects.toThrow('gone')
  await nextTurn()
  flushes[1]!.end()
  expect(await second).toEqual(['B'])
})

test('whoever waited too long is told, and what was not begun by then never is', async () => {
  const { line, flushes } = createScene({ deadlineMs: 20 })
  const begun = line.add('1', ['a'])
  const waiting = line.add('1', ['b'])
  await expect(begun).rejects.toThrow(TimeLimitError)
  await expect(waiting).rejects.toThrow(TimeLimitError)
  const later = line.add('2', ['c'])
  flushes[0]!.end()
  await nextTurn()
  expect(flushes.map(({ items }) => items)).toEqual([['a'], ['c']])
  flushes[1]!.end()
  expect(await later).toEqual(['C'])
})

test('a flush that never ends holds up the next one for a limited time', async () => {
  const { line, flushes } = createScene({ flushLimitMs: 20 })
  const stuck = line.add('1', ['a'])
  const next = line.add('1', ['b'])
  await expect(stuck).rejects.toThrow(TimeLimitError)
  await nextTurn()
  flushes[1]!.end()
  expect(await next).toEqual(['B'])
})
