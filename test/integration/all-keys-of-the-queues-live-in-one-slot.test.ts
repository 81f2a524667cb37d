import { freePort } from '@postino/embedded'
import { createTurnState } from '@postino/queues'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import {
  eventually,
  useQueueDepths,
  useRedis,
  useRedisServer,
  useRenderQueue,
  useRenderWorker,
  useTurnQueue,
  useTurnWorker,
} from './queues-under-test.ts'

/** In cluster mode Redis refuses a script whose keys belong to different slots, be it alone in its cluster or not. */
test('queues, workers and turn state work on a Redis in cluster mode', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'postino-cluster-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  const cluster = ['--cluster-enabled', 'yes', '--cluster-port', String(await freePort())]
  const server = await useRedisServer([...cluster, '--dir', directory])
  const redis = useRedis(server.url)
  await redis.cluster('ADDSLOTSRANGE', 0, 16_383)
  await eventually(async () => expect(await redis.cluster('INFO')).toContain('cluster_state:ok'))

  const turns = vi.fn(async () => ({})).mockResolvedValueOnce({ nextTurnInMs: 5 })
  const renders = vi.fn(async () => undefined).mockRejectedValueOnce(new Error('once'))
  useTurnWorker(server.url, { process: turns })
  useRenderWorker(server.url, { process: renders })
  const bots = ['1', '2', '3'].map((botId) => ({ shopId: '1', botId }))
  await useTurnQueue(server.url).wake(bots)
  await useTurnQueue(server.url).wake([{ shopId: '2', botId: '4' }], { delayMs: 5 })
  await useRenderQueue(server.url).add(Array.from({ length: 120 }, (_, i) => String(i + 1)))
  await createTurnState({ redis }).save('1', 'value', 60_000)

  await eventually(() => expect(turns).toHaveBeenCalledTimes(5))
  await eventually(() => expect(renders).toHaveBeenCalledTimes(4))
  expect(await createTurnState({ redis }).take('1')).toBe('value')
  expect((await useQueueDepths(server.url).read()).turns).toMatchObject({ waiting: 0, failed: 0 })
  for (const key of await redis.keys('*')) expect(key).toMatch(/^\{postino\}:/)
})
