import {
  closeRedis,
  createQueueDepths,
  createRedis,
  createRenderQueue,
  createRenderWorker,
  createTurnQueue,
  createTurnWorker,
} from '@postino/queues'
import type {
  FindShards,
  JobWorker,
  QueueDepths,
  RedisConnection,
  RenderQueue,
  RenderWorkerDependencies,
  TurnQueue,
  TurnWorkerDependencies,
} from '@postino/queues'
import { onTestFinished, vi } from 'vitest'
import { startRedisServer } from './redis-server.ts'
import type { RedisServer } from './redis-server.ts'

/** A Redis that the running test may stop, freeze or set up in an unusual way, gone when the test is over. */
export async function useRedisServer(settings: string[] = []): Promise<RedisServer> {
  const server = await startRedisServer({ settings })
  onTestFinished(server.stop)
  return server
}

/** A producer's connection. Errors are no failure here: several scenarios take Redis away. */
export function useRedis(url: string): RedisConnection {
  const redis = createRedis({ url, onError: () => undefined })
  onTestFinished(() => closeRedis(redis))
  return redis
}

export function useTurnQueue(
  url: string,
  sharding: { shards?: number; findShards?: FindShards } = {},
): TurnQueue {
  const queue = createTurnQueue({ redis: useRedis(url), ...sharding })
  onTestFinished(queue.close)
  return queue
}

export function useRenderQueue(url: string, shards = 1): RenderQueue {
  const queue = createRenderQueue({ redis: useRedis(url), shards })
  onTestFinished(queue.close)
  return queue
}

export function useQueueDepths(url: string, shards = 1): QueueDepths {
  const depths = createQueueDepths({ redis: useRedis(url), shards })
  onTestFinished(depths.close)
  return depths
}

/** Recovery from dead workers is quicker here than in production, so that it can be waited for. */
const QUICK = { lockDurationMs: 1_000, stalledIntervalMs: 200, closeTimeoutMs: 5_000 }

export function useTurnWorker(
  url: string,
  dependencies: Pick<TurnWorkerDependencies, 'process'> & Partial<TurnWorkerDependencies>,
): JobWorker {
  const worker = createTurnWorker({
    ...QUICK,
    redis: useRedis(url),
    concurrency: 10,
    onFailed: () => undefined,
    onError: () => undefined,
    ...dependencies,
  })
  onTestFinished(worker.close)
  worker.run()
  return worker
}

export function useRenderWorker(
  url: string,
  dependencies: Pick<RenderWorkerDependencies, 'process'> & Partial<RenderWorkerDependencies>,
): JobWorker {
  const worker = createRenderWorker({
    ...QUICK,
    redis: useRedis(url),
    concurrency: 10,
    onFailed: () => undefined,
    onError: () => undefined,
    ...dependencies,
  })
  onTestFinished(worker.close)
  worker.run()
  return worker
}

/** Waits until the assertion holds. Far longer than anything takes: a machine may be busy, and no test is about speed. */
export async function eventually(assertion: () => unknown): Promise<void> {
  await vi.waitFor(assertion, { timeout: 20_000, interval: 10 })
}

/** Everything in Redis, as one text to search in. */
export async function dumpRedis(redis: RedisConnection): Promise<string> {
  const keys = await redis.keys('*')
  const values = await Promise.all(
    keys.map(async (key) => {
      switch (await redis.type(key)) {
        case 'string':
          return redis.get(key)
        case 'hash':
          return redis.hgetall(key)
        case 'list':
          return redis.lrange(key, 0, -1)
        case 'set':
          return redis.smembers(key)
        case 'zset':
          return redis.zrange(key, '0', '-1', 'WITHSCORES')
        default:
          return redis.xrange(key, '-', '+')
      }
    }),
  )
  return JSON.stringify(keys.map((key, i) => [key, values[i]]))
}
