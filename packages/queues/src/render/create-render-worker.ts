import { RENDER_QUEUE } from '../job-catalogue.ts'
import type { RedisConnection } from '../redis/redis-connection.ts'
import type { JobWorker, JobWorkerSettings } from '../worker/create-job-worker.ts'
import { createJobWorker } from '../worker/create-job-worker.ts'
import { createShardWorkers, type ServedShards } from '../worker/create-shard-workers.ts'
import { parseRenderJob } from './render-job.ts'

export type RenderFailure = {
  /** Empty when the job itself was not readable. */
  messageIds: string[]
  error: unknown
  /** 1 for the first. */
  attempt: number
  /** No further attempt follows: the messages are the sweeper's now. */
  isFinal: boolean
}

export type RenderWorkerDependencies = JobWorkerSettings &
  ServedShards & {
    /** Any connection to the Redis of the queue; the worker makes its own from it. */
    redis: RedisConnection
    /** Renders up to 50 messages. May be called again for the same ones, also at the same time elsewhere. */
    process: (messageIds: string[], signal: AbortSignal) => Promise<void>
    onFailed: (failure: RenderFailure) => void
    onError: (error: Error) => void
  }

/** Workers a job may take down with it before it is not tried again. */
const MAX_STALLED_COUNT = 3

export function createRenderWorker(dependencies: RenderWorkerDependencies): JobWorker {
  const { process, onFailed } = dependencies
  return createShardWorkers(dependencies, ({ prefix }, settings) =>
    createJobWorker({
      ...settings,
      queueName: RENDER_QUEUE,
      prefix,
      maxStalledCount: MAX_STALLED_COUNT,
      failedJobsKept: 1_000,
      retryDelayMs,
      parse: parseRenderJob,
      process,
      onFailed: ({ data, ...failure }) => onFailed({ messageIds: readMessageIds(data), ...failure }),
    }),
  )
}

/** 0.5, 1, 2, 4 s, each halved by chance at most: a Postgres that was away is not met by everybody at once. */
function retryDelayMs(failures: number): number {
  return Math.ceil(500 * 2 ** (failures - 1) * (1 - Math.random() / 2))
}

function readMessageIds(data: unknown): string[] {
  try {
    return parseRenderJob(data)
  } catch {
    return []
  }
}
