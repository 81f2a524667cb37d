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
  JobWorker,
  QueueDepths,
  RedisConnection,
  RenderQueue,
  RenderWorkerDependencies,
  TurnQueue,
  TurnWorkerDependencies,
} from '@postino/queues'
import { onTestFinished } from 'vitest'
import { startRedisServer } from './redis-server.ts'
import type { RedisServer } from './redis-server.ts'

/** A Redis for the running test, gone when the test is over. */
export async function useRedisServer(settings: string[] = []): Promise<RedisServer> {
  const server = await startRedisServer({ settings })
  onTestFinished(server.stop)
  return server
}

/** A producer's connection. Errors are no failure here: several scenarios take Redis away. */
export function useRedis(server: RedisServer): RedisConnection {
  const redis = createRedis({ url: server.url, onError: () => undefined })
  onTestFinished(() => closeRedis(redis))
  return redis
}

export function useTurnQueue(server: RedisServer): TurnQueue {
  const queue = createTurnQueue({ redis: useRedis(server) })
  onTestFinished(queue.close)
  return queue
}

export function useRenderQueue(server: RedisServer): RenderQueue {
  const queue = createRenderQueue({ redis: useRedis(server) })
  onTestFinished(queue.close)
  return queue
}

export function useQueueDepths(server: RedisServer): QueueDepths {
  const depths = createQueueDepths({ redis: useRedis(server) })
  onTestFinished(depths.close)
  return depths
}

/** Recovery from dead workers is quicker here than in production, so that it can be waited for. */
const QUICK = { lockDurationMs: 1_000, stalledIntervalMs: 200, closeTimeoutMs: 5_000 }

export function useTurnWorker(
  server: RedisServer,
  dependencies: Pick<TurnWorkerDependencies, 'process'> & Partial<TurnWorkerDependencies>,
): JobWorker {
  const worker = createTurnWorker({
    ...QUICK,
    redis: useRedis(server),
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
  server: RedisServer,
  dependencies: Pick<RenderWorkerDependencies, 'process'> & Partial<RenderWorkerDependencies>,
): JobWorker {
  const worker = createRenderWorker({
    ...QUICK,
    redis: useRedis(server),
    concurrency: 10,
    onFailed: () => undefined,
    onError: () => undefined,
    ...dependencies,
  })
  onTestFinished(worker.close)
  worker.run()
  return worker
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
