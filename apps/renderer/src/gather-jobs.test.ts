import { expect, test } from 'vitest'
import { gatherJobs } from './gather-jobs.ts'

test('jobs that come while others are under way go together, as far as there is room, and each message once', async () => {
  const batches: string[][] = []
  const first = Promise.withResolvers<void>()
  const render = gatherJobs(
    async (messageIds) => {
      batches.push(messageIds)
      if (batches.length === 1) await first.promise
    },
    { messages: 4, batches: 1 },
  )
  const one = render(['1'])
  await expect.poll(() => batches).toEqual([['1']])
  const others = [['2', '3'], ['3', '4'], ['5'], ['6', '7', '8', '9', '10']].map(render)
  first.resolve()
  await Promise.all([one, ...others])
  expect(batches).toEqual([['1'], ['2', '3', '4'], ['5'], ['6', '7', '8', '9', '10']])
})

test('a batch that fails fails its jobs, and the next one goes on', async () => {
  let batches = 0
  const render = gatherJobs(
    async () => {
      if (batches++ === 0) throw new Error('away')
    },
    { messages: 1, batches: 1 },
  )
  const results = await Promise.allSettled([render(['1']), render(['2'])])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
})
