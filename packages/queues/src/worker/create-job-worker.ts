import { DelayedError, UnrecoverableError, WaitingError } from 'bullmq'
import type { Worker } from 'bullmq'
import type { Job } from 'bullmq'
import assert from 'node:assert/strict'
import { closeWorker } from './close-worker.ts'
import { JobFailure } from './job-failure.ts'
import { PromptWorker } from './prompt-worker.ts'
import { JobAbandoned, JobStopped, createRunningJobs } from './running-jobs.ts'
import type { RunningJobs } from './running-jobs.ts'
import type { WorkerConnection } from './worker-connection.ts'

export type JobWorker = {
  /** Starts taking jobs. */
  run: () => void
  /**
   * Takes no further job and waits up to `closeTimeoutMs` for the running ones. Then their signals fire, and a job
   * that throws goes back to the queue at once. What still runs a second later is abandoned: reported to `onError`,
   * and taken by another worker when its lock has run out. Returns at most 2 s after `closeTimeoutMs`, or 8 s when Redis is
   * away.
   */
  close: () => Promise<void>
}

/** What every worker lets its app set. */
export type JobWorkerSettings = {
  /** Jobs at a time in this process. */
  concurrency: number
  /** Default 10 s. */
  closeTimeoutMs?: number | undefined
  /** How long a job stays with a worker that gives no sign of life. Default 10 s; renewed every 5. */
  lockDurationMs?: number | undefined
  /** How often to look for jobs whose worker died. Default 1 s: with the lock, they run again within some 12 s. */
  stalledIntervalMs?: number | undefined
}

const WEEK_SECONDS = 7 * 86_400

type JobEnd = { data: unknown; error: unknown; attempt: number; isFinal: boolean }

export type JobWorkerDependencies<Data> = JobWorkerSettings & {
  queueName: string
  prefix: string
  connection: WorkerConnection
  /** How often a job may be taken over from dead workers before it counts as what kills them, and fails. */
  maxStalledCount: number
  /** Failed jobs that can still be looked at, for a week. A job that says so itself is kept by its own word. */
  failedJobsKept: number
  /** How long a job waits that has failed so often, unless it says so itself. */
  retryDelayMs: (failures: number) => number
  parse: (data: unknown) => Data
  process: (data: Data, signal: AbortSignal) => Promise<void>
  onFailed: (failure: JobEnd) => void
}

export function createJobWorker<Data>(dependencies: JobWorkerDependencies<Data>): JobWorker {
  const {
    connection,
    closeTimeoutMs = 10_000,
    lockDurationMs = 10_000,
    stalledIntervalMs = 1_000,
  } = dependencies
  const runningJobs = createRunningJobs({ lockKnownMs: lockDurationMs * 0.8 })
  let closing: Promise<void> | undefined
  const isClosing = (): boolean => closing !== undefined
  const worker = new PromptWorker(
    dependencies.queueName,
    (job, token) => processJob(job, token, { ...dependencies, runningJobs, isClosing }),
    {
      connection: connection.redis,
      prefix: dependencies.prefix,
      autorun: false,
      concurrency: dependencies.concurrency,
      lockDuration: lockDurationMs,
      stalledInterval: stalledIntervalMs,
      maxStalledCount: dependencies.maxStalledCount,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: dependencies.failedJobsKept, age: WEEK_SECONDS },
      settings: { backoffStrategy: dependencies.retryDelayMs },
      // Not a latency: an idle worker waits in a blocking read, and the add itself wakes it. But what wakes it is one
      // mark for one worker; should that one die just then, the others come by after this many seconds.
      drainDelay: 1,
      // BullMQ waits 15 s by default before it goes on after a broken connection.
      runRetryDelay: 1_000,
    },
  )
  listen(worker, runningJobs, dependencies)

  return {
    run() {
      worker.run().catch(connection.report)
    },
    close: () => (closing ??= closeWorker({ worker, runningJobs, connection, closeTimeoutMs })),
  }
}

function listen<Data>(
  worker: Worker,
  runningJobs: RunningJobs,
  dependencies: JobWorkerDependencies<Data>,
): void {
  worker.on('error', dependencies.connection.report)
  worker.on('locksRenewed', ({ jobIds }) => runningJobs.lockRenewed(jobIds))
  worker.on('lockRenewalFailed', (jobIds) => runningJobs.lockLost(jobIds))
  worker.on('failed', (job, error) => {
    if (job === undefined) return
    dependencies.onFailed({
      data: job.data,
      error: error instanceof JobFailure ? error.cause : error,
      attempt: job.attemptsMade,
      isFinal: job.finishedOn !== undefined,
    })
  })
}

type ProcessJobDependencies<Data> = JobWorkerDependencies<Data> & {
  runningJobs: RunningJobs
  isClosing: () => boolean
}

async function processJob<Data>(
  job: Job,
  token: string | undefined,
  { parse, process, runningJobs, isClosing }: ProcessJobDependencies<Data>,
): Promise<void> {
  const { id } = job
  assert(id !== undefined && token !== undefined, 'a job being processed has an id and a lock')
  // BullMQ may still fetch one when the blocking read was answered just as the close began.
  if (isClosing()) return handBack(job, token)
  const data = parseJob(job, parse)
  try {
    await runningJobs.run(id, async (signal) => {
      try {
        await process(data, signal)
      } catch (error) {
        if (isStoppedByClosing(signal)) await handBack(job, token)
        throw new JobFailure(error)
      }
    })
  } catch (error) {
    // To BullMQ this says that the job has been moved already. It has not: it stays active, under a lock that
    // nobody renews, until another worker takes it.
    throw error instanceof JobAbandoned ? new DelayedError() : error
  }
}

/** Puts a job back at the head of its queue, with no attempt counted, and tells BullMQ so. */
async function handBack(job: Job, token: string): Promise<never> {
  await job.moveToWait(token)
  throw new WaitingError()
}

function parseJob<Data>(job: Job, parse: (data: unknown) => Data): Data {
  try {
    return parse(job.data)
  } catch (error) {
    // Trying again changes nothing. The message is for Redis, so it holds no data.
    throw Object.assign(new UnrecoverableError('MalformedJob'), { cause: error, stack: undefined })
  }
}

function isStoppedByClosing(signal: AbortSignal): boolean {
  return signal.reason instanceof JobStopped && signal.reason.reason === 'closing'
}
