import { UnfitRedisError, closeRedis, createRedis, pingRedis } from '@postino/queues'
import { expect, onTestFinished, test, vi } from 'vitest'
import { eventually, useRedis, useRedisServer } from './queues-under-test.ts'

test('a Redis that may evict keys is warned of at connecting, and readiness refuses it', async () => {
  const server = await useRedisServer(['--maxmemory-policy', 'allkeys-lru'])
  const onWarning = vi.fn()
  const redis = createRedis({ url: server.url, onError: () => undefined, onWarning })
  onTestFinished(() => closeRedis(redis))

  await expect(pingRedis(redis)).rejects.toBeInstanceOf(UnfitRedisError)
  await eventually(() => expect(onWarning).toHaveBeenCalledWith(expect.stringContaining('allkeys-lru')))

  await useRedis(server.url).config('SET', 'maxmemory-policy', 'noeviction')
  await pingRedis(redis)
})
