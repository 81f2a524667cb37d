import { Queue, type JobsOptions } from 'bullmq'
import { EVENTS_KEPT } from './job-catalogue.ts'
import type { RedisConnection } from './redis/redis-connection.ts'

export type BullQueueOptions = { name: string; redis: RedisConnection; prefix: string }

/**
 * A BullMQ queue on our connection. BullMQ leaves a connection open that it was given; whoever made it closes it.
 */
export function createBullQueue({ name, redis, prefix }: BullQueueOptions): Queue {
  const queue = new Queue(name, {
    connection: redis,
    prefix,
    streams: { events: { maxLen: EVENTS_KEPT } },
    // The check is one INFO at the first connection; were it to fail, the queue would be unusable for good.
    skipVersionCheck: true,
  })
  // An 'error' event without a listener ends the process. What comes here are the connection's errors once more,
  // already reported where the connection was made; a failed command rejects its own promise.
  queue.on('error', () => undefined)
  return queue
}

/** Adds jobs in one write. Not with `addBulk`, whose pipeline costs Node as much as several jobs. */
export async function addJobs(queue: Queue, jobs: NewJob[]): Promise<void> {
  await Promise.all(jobs.map(({ name, data, opts }) => queue.add(name, data, opts)))
}

type NewJob = { name: string; data: unknown; opts: JobsOptions }

/**
 * Rejects within about a second when Redis is away. To be awaited before the first command of a queue: BullMQ itself
 * waits for the first connection without any limit.
 */
export async function requireRedis(redis: RedisConnection): Promise<void> {
  if (redis.status !== 'ready') await redis.ping()
}

/** Consecutive slices of at most `size`. */
export function chunksOf<T>(items: T[], size: number): T[][] {
  const chunks: T[][] = []
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size))
  return chunks
}
