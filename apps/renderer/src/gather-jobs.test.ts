import { expect, test } from 'vitest'
import { gatherJobs } from './gather-jobs.ts'

test('jobs that come while others are under way go together, half of all at most, and each message once', async () => {
  const batches: string[][] = []
  const first = Promise.withResolvers<void>()
  const render = gatherJobs(async (messageIds) => {
    batches.push(messageIds)
    if (batches.length <= 2) await first.promise
  }, 4)
  const jobs = [['1'], ['2'], ['3'], ['4'], ['5', '6'], ['6', '7'], ['8']].map(render)
  await expect
    .poll(() => batches)
    .toEqual([
      ['1', '2'],
      ['3', '4'],
    ])
  first.resolve()
  await Promise.all(jobs)
  expect(batches.slice(2)).toEqual([['5', '6', '7'], ['8']])
})
