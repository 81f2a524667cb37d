import { Cluster } from 'ioredis'
import type { RedisConnection } from '../redis/redis-connection.ts'
import { clusterOptionsFor, optionsFor, reconnectDelayMs } from '../redis/redis-options.ts'
import { createErrorReporter } from '../redis/report-errors.ts'
import { shareWrites } from '../redis/share-writes.ts'

export type WorkerConnection = {
  redis: RedisConnection
  /** Where all errors of this worker go, its connections' and BullMQ's. */
  report: (error: unknown) => void
  /** From now on a lost connection stays lost: this one, and the blocking one BullMQ makes from it. */
  stopReconnecting: () => void
}

/** A connection of a worker's own to the same Redis. Its commands wait for Redis to come back. */
export function createWorkerConnection(
  redis: RedisConnection,
  onError: (error: Error) => void,
): WorkerConnection {
  let reconnecting = true
  const retry = (attempt: number) => (reconnecting ? reconnectDelayMs(attempt, 1_000) : null)
  const options = optionsFor('worker')
  const own =
    redis instanceof Cluster
      ? redis.duplicate([], {
          ...clusterOptionsFor('worker'),
          clusterRetryStrategy: retry,
          redisOptions: options,
        })
      : redis.duplicate({ ...options, retryStrategy: retry })
  const report = createErrorReporter(onError)
  own.on('error', report)
  shareWrites(own)
  return {
    redis: own,
    report,
    stopReconnecting() {
      reconnecting = false
    },
  }
}
