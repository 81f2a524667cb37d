import { Redis } from 'ioredis'
import { connectToCluster } from './connect-to-cluster.ts'
import { readEvictionProblem } from './eviction-policy.ts'
import { parseRedisUrl } from './redis-address.ts'
import type { RedisConnection } from './redis-connection.ts'
import { optionsFor } from './redis-options.ts'
import type { RedisRole } from './redis-options.ts'
import { createErrorReporter } from './report-errors.ts'
import { shareWrites } from './share-writes.ts'

export type CreateRedisOptions = {
  /** `redis://` or `rediss://` (TLS); of a cluster `redis+cluster://host:port,host:port` or `rediss+cluster://`. */
  url: string
  /** Default `producer`. Workers make their own connection from it; see createTurnWorker. */
  role?: RedisRole
  /** Hears of connection errors: no password in them, and the same message at most every 10 s. */
  onError: (error: Error) => void
  /** Hears, at every (re)connect, why this Redis must not hold queues: a sentence for the operator. */
  onWarning?: (message: string) => void
}

/**
 * Connects to Redis at once, in the background, and reconnects for ever.
 * A Redis that may evict keys is reported here and refused by `pingRedis`: it would lose locks and jobs silently.
 *
 * @throws RedisUrlError
 */
export function createRedis({
  url,
  role = 'producer',
  onError,
  onWarning,
}: CreateRedisOptions): RedisConnection {
  const address = parseRedisUrl(url)
  const redis = address.kind === 'server' ? new Redis(url, optionsFor(role)) : connectToCluster(address, role)
  const report = createErrorReporter(onError)
  redis.on('error', report)
  shareWrites(redis)
  async function warnOfEviction(): Promise<void> {
    const problem = await readEvictionProblem(redis)
    if (problem !== undefined) onWarning?.(problem)
  }
  redis.on('ready', () => {
    warnOfEviction().catch(report)
  })
  return redis
}

/** Ends a connection: lets commands under way finish for at most `timeoutMs`, then drops it. Never throws. */
export async function closeRedis(redis: RedisConnection, timeoutMs = 1_000): Promise<void> {
  // QUIT on a connection that is down would wait for the next reconnect.
  if (redis.status === 'ready') {
    const { promise: expired, resolve: expire } = Promise.withResolvers<void>()
    const timer = setTimeout(expire, timeoutMs)
    await Promise.race([redis.quit().catch(() => undefined), expired])
    clearTimeout(timer)
  }
  redis.disconnect()
}
