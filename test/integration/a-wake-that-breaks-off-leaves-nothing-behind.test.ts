import type { Turn } from '@postino/queues'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createTestRedis } from '../support/create-test-redis.ts'
import { startNode } from '../support/start-node.ts'
import { waitUntil } from '../support/wait-until.ts'
import { eventually, useRedis, useTurnQueue, useTurnWorker } from './queues-under-test.ts'

const bots: Turn[] = Array.from({ length: 50 }, (_, index) => ({ shopId: '1', botId: String(index + 1) }))

/** Who has had a turn since the last call. */
function useServing(url: string) {
  const served = new Set<string>()
  useTurnWorker(url, {
    process: async ({ botId }) => {
      served.add(botId)
      return {}
    },
  })
  return served
}

test('when Redis answers what a wake asks and refuses what it adds, the wake fails, and the next one is as if it had not been', async () => {
  const url = await createTestRedis()
  const redis = useRedis(url)
  const queue = useTurnQueue(url)
  // Reading goes on, nothing can be written.
  await redis.config('SET', 'maxmemory', '1')
  await expect(queue.wake(bots)).rejects.toThrow('OOM')
  await redis.config('SET', 'maxmemory', '0')

  expect((await redis.keys('*')).filter((key) => key !== '{postino}:turns:meta')).toEqual([])
  expect(await queue.withoutTurn(bots)).toEqual(bots)
  const served = useServing(url)
  await queue.wake(bots)
  await eventually(() => expect(served.size).toBe(50))
})

test('processes killed in the middle of their wakes keep no bot from the next wake, and the sweeper sees who has no turn', async () => {
  const url = await createTestRedis()
  const queue = useTurnQueue(url)
  const program = new URL('waking-process.ts', import.meta.url)
  for (let kills = 0; kills < 5; kills++) {
    const process = startNode(program, { args: [url] })
    await waitUntil(() => process.lines().length > 0)
    // Some wakes later, each time at another moment of one.
    await wait(Math.random() * 20)
    process.kill('SIGKILL')
    await process.ended
  }

  const without = new Set((await queue.withoutTurn(bots)).map(({ botId }) => botId))
  const served = useServing(url)
  const waiting = bots.filter(({ botId }) => !without.has(botId))
  await eventually(() => expect(waiting.filter(({ botId }) => !served.has(botId))).toEqual([]))
  served.clear()
  await queue.wake(bots)
  await eventually(() => expect(served.size).toBe(50))
}, 30_000)

test('a job that was lost alone, without what names it as its bot’s, does not keep the bot from the next wake', async () => {
  const url = await createTestRedis()
  const redis = useRedis(url)
  const queue = useTurnQueue(url)
  await queue.wake(bots)
  const jobs = await redis.keys('{postino}:turns:j*')
  expect(jobs).toHaveLength(50)
  await redis.del(...jobs, '{postino}:turns:wait')

  expect(await queue.withoutTurn(bots)).toEqual(bots)
  const served = useServing(url)
  await queue.wake(bots)
  await eventually(() => expect(served.size).toBe(50))
})
