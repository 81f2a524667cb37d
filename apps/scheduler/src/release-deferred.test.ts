import { expect, test } from 'vitest'
import { createReleaseDeferred, type ReleaseDependencies } from './release-deferred.ts'

function prepare(due: number, change: Partial<ReleaseDependencies> = {}) {
  const told: string[] = []
  let left = due
  const releaseDeferred = createReleaseDeferred({
    async release(limit) {
      const count = Math.min(limit, left)
      left -= count
      return Array.from({ length: count }, (_, index) => String(index + 1))
    },
    countWaitingRenders: async () => 0,
    enqueueRender: async (ids) => void told.push(`enqueued ${ids.length}`),
    released: (count) => told.push(`released ${count}`),
    ...change,
  })
  return { releaseDeferred, told, left: () => left }
}

test('what is due goes in batches, each to the renderers before the next', async () => {
  const { releaseDeferred, told } = prepare(2_300)
  await releaseDeferred()
  expect(told).toEqual([
    'enqueued 1000',
    'released 1000',
    'enqueued 1000',
    'released 1000',
    'enqueued 300',
    'released 300',
  ])
})

test('while the renderers are behind nothing is added to their queue', async () => {
  const { releaseDeferred, told } = prepare(5, { countWaitingRenders: async () => 21 })
  await releaseDeferred()
  expect(told).toEqual([])
})

test('one step is bounded, however much is due', async () => {
  const { releaseDeferred, left } = prepare(100_000)
  await releaseDeferred()
  expect(left()).toBe(90_000)
})

test('what could not be enqueued is not counted, and no more is released', async () => {
  const { releaseDeferred, told, left } = prepare(2_300, {
    enqueueRender: () => Promise.reject(new Error('no Redis')),
  })
  await expect(releaseDeferred()).rejects.toThrow('no Redis')
  expect([told, left()]).toEqual([[], 1_300])
})
