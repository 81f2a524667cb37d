import { Redis } from 'ioredis'
import type { RedisOptions } from 'ioredis'
import { evictionProblem } from './eviction-policy.ts'
import { createErrorReporter } from './report-errors.ts'

/** A connection to Redis. The name under which the rest of Postino knows ioredis. */
export type RedisConnection = Redis

/**
 * `producer`: a command fails within about a second when Redis is away, so that a request gets its answer.
 * `worker`: a command waits until Redis is back, so that a running job can end. Also right for blocking reads of up
 * to 10 s.
 */
export type RedisRole = 'producer' | 'worker'

export type CreateRedisOptions = {
  /** `redis://` or `rediss://` (TLS). */
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
 */
export function createRedis({
  url,
  role = 'producer',
  onError,
  onWarning,
}: CreateRedisOptions): RedisConnection {
  const redis = new Redis(url, optionsFor(role))
  const report = createErrorReporter(onError)
  redis.on('error', report)
  async function warnOfEviction(): Promise<void> {
    const problem = evictionProblem(await redis.info('memory'))
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

/** The settings of a role. What one role sets the other sets too, so that they can be laid over each other. */
export function optionsFor(role: RedisRole): RedisOptions {
  return { ...SHARED, ...(role === 'producer' ? PRODUCER : WORKER) }
}

const SHARED: RedisOptions = {
  connectionName: 'postino',
  connectTimeout: 2_000,
  keepAlive: 10_000,
  // A half-open connection (a firewall, a failover) shows itself only by silence. Longer than any blocking read.
  socketTimeout: 20_000,
  // The offline queue carries commands over a restart of a few hundred milliseconds.
  enableOfflineQueue: true,
}

const PRODUCER: RedisOptions = {
  // What still waits at the second failed attempt to reconnect is rejected.
  maxRetriesPerRequest: 1,
  commandTimeout: 3_000,
  retryStrategy: (attempt) => reconnectDelayMs(attempt, 500),
  // 1: reconnect, and let this command fail.
  reconnectOnError: (error) => (isReadOnly(error) ? 1 : false),
}

const WORKER: RedisOptions = {
  maxRetriesPerRequest: null,
  commandTimeout: undefined,
  retryStrategy: (attempt) => reconnectDelayMs(attempt, 1_000),
  // 2: reconnect, and send this command again. The end of a job must not be lost to a failover.
  reconnectOnError: (error) => (isReadOnly(error) ? 2 : false),
}

/** Doubles from 50 ms to the cap; up to 50 ms of chance keeps a hundred processes from coming back in step. */
export function reconnectDelayMs(attempt: number, capMs: number): number {
  return Math.min(50 * 2 ** Math.min(attempt - 1, 10), capMs) + Math.floor(Math.random() * 50)
}

/** After a failover the former primary answers READONLY: the connection has to look for the new one. */
function isReadOnly(error: Error): boolean {
  return error.message.startsWith('READONLY')
}
