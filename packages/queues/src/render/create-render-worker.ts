import { DEFAULT_PREFIX, RENDER_QUEUE, parseRenderJob } from '../job-catalogue.ts'
import { closeRedis } from '../redis/create-redis.ts'
import type { RedisConnection } from '../redis/redis-connection.ts'
import { createJobWorker } from '../worker/create-job-worker.ts'
import type { JobWorker, JobWorkerSettings } from '../worker/create-job-worker.ts'
import { createWorkerConnection } from '../worker/worker-connection.ts'

export type RenderFailure = {
  /** Empty when the job itself was not readable. */
  messageIds: string[]
  error: unknown
  /** 1 for the first. */
  attempt: number
  /** No further attempt follows: the messages are the sweeper's now. */
  isFinal: boolean
}

export type RenderWorkerDependencies = JobWorkerSettings & {
  /** Any connection to the Redis of the queue; the worker makes two of its own from it. */
  redis: RedisConnection
  prefix?: string
  /** Renders up to 50 messages. May be called again for the same ones, also at the same time elsewhere. */
  process: (messageIds: string[], signal: AbortSignal) => Promise<void>
  onFailed: (failure: RenderFailure) => void
  onError: (error: Error) => void
}

/** Workers a job may take down with it before it is not tried again. */
const MAX_STALLED_COUNT = 3

export function createRenderWorker(dependencies: RenderWorkerDependencies): JobWorker {
  const { redis, prefix = DEFAULT_PREFIX, process, onFailed, onError, ...settings } = dependencies
  const connection = createWorkerConnection(redis, onError)
  const worker = createJobWorker({
    ...settings,
    queueName: RENDER_QUEUE,
    prefix,
    connection,
    maxStalledCount: MAX_STALLED_COUNT,
    parse: parseRenderJob,
    process: (job, signal) => process(job.messageIds, signal),
    onFailed: ({ data, ...failure }) => onFailed({ messageIds: readMessageIds(data), ...failure }),
  })
  return {
    run: worker.run,
    async close() {
      await worker.close()
      await closeRedis(connection.redis)
    },
  }
}

function readMessageIds(data: unknown): string[] {
  try {
    return parseRenderJob(data).messageIds
  } catch {
    return []
  }
}
