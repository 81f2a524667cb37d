import { UnrecoverableError, Worker } from 'bullmq'
import { closeRedis } from '../redis/create-redis.ts'
import type { RedisConnection } from '../redis/redis-connection.ts'
import { settlesWithin } from '../worker/settles-within.ts'
import { createWorkerConnection } from '../worker/worker-connection.ts'

/** A job of a shop's own queue. */
export interface IntakeJob {
  id: string
  name: string
  data: unknown
  /** When it was added. */
  addedAtMs: number
}

export interface IntakeWorkerOptions {
  /** Any connection to the Redis of the queue; the worker makes two of its own from it. */
  redis: RedisConnection
  /** With the prefix of its keys in front, if that is not BullMQ's own: `bull:orders` is `orders`. */
  queue: string
  /** Jobs under way at a time. */
  concurrency: number
  /** Resolves when the job's event is durable, and rejects with RejectedJobError when it never will be. */
  process: (job: IntakeJob) => Promise<void>
  onError: (error: Error) => void
}

/** The event in a job cannot be taken. The message is the reason the job fails with, for whoever made it. */
export class RejectedJobError extends Error {
  override readonly name = 'RejectedJobError'
}

const PREFIX = 'bull'
const CLOSE_LIMIT_MS = 10_000

/** Takes jobs from the queue of a shop's own BullMQ producer, which works unchanged; begins at once. */
export function createIntakeWorker(options: IntakeWorkerOptions): { close: () => Promise<void> } {
  const { redis, queue, concurrency, process, onError } = options
  const connection = createWorkerConnection(redis, onError)
  const colon = queue.lastIndexOf(':')
  const worker = new Worker(
    queue.slice(colon + 1),
    async ({ id = '', name, data, timestamp }) => {
      try {
        await process({ id, name, data, addedAtMs: timestamp })
      } catch (error) {
        throw error instanceof RejectedJobError ? new UnrecoverableError(error.message) : error
      }
    },
    {
      connection: connection.redis,
      prefix: colon === -1 ? PREFIX : queue.slice(0, colon),
      concurrency,
      // However many workers die with it: it is an event, and must not be lost.
      maxStalledCount: 1_000_000_000,
      skipVersionCheck: true,
    },
  )
  worker.on('error', connection.report)
  return {
    async close() {
      await settlesWithin(worker.close(), CLOSE_LIMIT_MS)
      connection.stopReconnecting()
      await closeRedis(connection.redis)
    },
  }
}
