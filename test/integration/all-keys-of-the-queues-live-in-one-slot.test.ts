import { createTurnState } from '@postino/queues'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import {
  useQueueDepths,
  useRedis,
  useRedisServer,
  useRenderQueue,
  useRenderWorker,
  useTurnQueue,
  useTurnWorker,
} from './queues-under-test.ts'
import { freePort } from './redis-server.ts'

/** In cluster mode Redis refuses a script whose keys belong to different slots, be it alone in its cluster or not. */
test('queues, workers and turn state work on a Redis in cluster mode', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'postino-cluster-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  const cluster = ['--cluster-enabled', 'yes', '--cluster-port', String(await freePort())]
  const server = await useRedisServer([...cluster, '--dir', directory])
  const redis = useRedis(server)
  await redis.cluster('ADDSLOTSRANGE', 0, 16_383)
  await vi.waitFor(async () => expect(await redis.cluster('INFO')).toContain('cluster_state:ok'), {
    timeout: 10_000,
  })

  const turns = vi.fn(async () => ({})).mockResolvedValueOnce({ nextTurnInMs: 5 })
  const renders = vi.fn(async () => undefined).mockRejectedValueOnce(new Error('once'))
  useTurnWorker(server, { process: turns })
  useRenderWorker(server, { process: renders })
  const bots = ['1', '2', '3'].map((botId) => ({ shopId: '1', botId }))
  await useTurnQueue(server).wake(bots)
  await useTurnQueue(server).wake([{ shopId: '2', botId: '4' }], { delayMs: 5 })
  await useRenderQueue(server).add(Array.from({ length: 120 }, (_, i) => String(i + 1)))
  await createTurnState({ redis }).save('1', 'value', 60_000)

  await vi.waitFor(() => expect(turns).toHaveBeenCalledTimes(5))
  await vi.waitFor(() => expect(renders).toHaveBeenCalledTimes(4), { timeout: 5_000 })
  expect(await createTurnState({ redis }).take('1')).toBe('value')
  expect((await useQueueDepths(server).read()).turns).toMatchObject({ waiting: 0, failed: 0 })
  for (const key of await redis.keys('*')) expect(key).toMatch(/^\{postino\}:/)
})
