import { closeRedis } from '../redis/create-redis.ts'
import type { RedisConnection } from '../redis/redis-connection.ts'
import { servedShards, shareOut, type Shard } from '../shards.ts'
import type { JobWorker, JobWorkerSettings } from './create-job-worker.ts'
import { createWorkerConnection, type WorkerConnection } from './worker-connection.ts'

export type ServedShards = {
  /** As many as the installation has; default 1. */
  shards?: number
  /** Those served here, by number; default all. */
  serve?: number[] | undefined
}

type Dependencies = JobWorkerSettings &
  ServedShards & { redis: RedisConnection; onError: (error: Error) => void }

/** What a worker of one shard gets: its share of `concurrency`, and the connection all of them share. */
export type ShardWorkerSettings = JobWorkerSettings & { connection: WorkerConnection }

/**
 * A worker for each shard that is served here. They share one connection, and what the process may do at a time; BullMQ adds
 * a connection for each one's blocking read.
 */
export function createShardWorkers(
  dependencies: Dependencies,
  createWorker: (shard: Shard, settings: ShardWorkerSettings) => JobWorker,
): JobWorker {
  const { redis, onError, closeTimeoutMs, lockDurationMs, stalledIntervalMs } = dependencies
  const connection = createWorkerConnection(redis, onError)
  const shards = servedShards(dependencies)
  const shares = shareOut(dependencies.concurrency, shards.length)
  const settings = { connection, closeTimeoutMs, lockDurationMs, stalledIntervalMs }
  const workers = shards.map((shard, index) =>
    createWorker(shard, { ...settings, concurrency: shares[index] ?? 1 }),
  )
  let closing: Promise<void> | undefined

  async function close(): Promise<void> {
    await Promise.all(workers.map((worker) => worker.close()))
    await closeRedis(connection.redis)
  }

  return {
    run() {
      for (const worker of workers) worker.run()
    },
    close: () => (closing ??= close()),
  }
}
