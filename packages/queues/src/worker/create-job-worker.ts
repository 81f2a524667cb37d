import { DelayedError, UnrecoverableError, WaitingError, Worker } from 'bullmq'
import type { Job } from 'bullmq'
import assert from 'node:assert/strict'
import { checkPrefix } from '../job-catalogue.ts'
import { closeRedis } from '../redis/create-redis.ts'
import { JobFailure } from './job-failure.ts'
import { JobAbandoned, JobStopped, createRunningJobs } from './running-jobs.ts'
import type { RunningJobs } from './running-jobs.ts'
import { settlesWithin } from './settles-within.ts'
import type { WorkerConnection } from './worker-connection.ts'

export type JobWorker = {
  /** Starts taking jobs. */
  run: () => void
  /**
   * Takes no further job and waits up to `closeTimeoutMs` for the running ones. Then their signals fire, and a job
   * that throws goes back to the queue at once. What still runs a second later is abandoned: reported to `onError`,
   * and taken by another worker when its lock has run out. Returns within `closeTimeoutMs` and 3 s.
   */
  close: () => Promise<void>
}

/** What every worker lets its app set. */
export type JobWorkerSettings = {
  /** Jobs at a time in this process. */
  concurrency: number
  /** Default 10 s. */
  closeTimeoutMs?: number
  /** How long a job stays with a worker that gives no sign of life. Default 10 s; renewed every 5. */
  lockDurationMs?: number
  /** How often to look for jobs whose worker died. Default 3 s: with the lock, they run again within some 13 s. */
  stalledIntervalMs?: number
}

export type JobEnd = { data: unknown; error: unknown; attempt: number; isFinal: boolean }

export type JobWorkerDependencies<Data> = JobWorkerSettings & {
  queueName: string
  prefix: string
  connection: WorkerConnection
  /** How often a job may be taken over from dead workers before it counts as what kills them, and fails. */
  maxStalledCount: number
  parse: (data: unknown) => Data
  process: (data: Data, signal: AbortSignal) => Promise<void>
  onFailed: (failure: JobEnd) => void
}

/** A closing worker left running jobs behind. */
export class AbandonedJobsError extends Error {
  override readonly name = 'AbandonedJobsError'
  readonly abandonedJobs: number
  constructor(abandonedJobs: number) {
    super(
      `closed with ${abandonedJobs} job(s) still running; other workers take them when their locks run out`,
    )
    this.abandonedJobs = abandonedJobs
  }
}

/** After the signals fired: time for the jobs to throw, and for BullMQ to tell Redis. */
const STOP_GRACE_MS = 1_000
/** Then: time to let go of a Redis that does not answer. */
const DISCONNECT_GRACE_MS = 1_000

export function createJobWorker<Data>(dependencies: JobWorkerDependencies<Data>): JobWorker {
  const {
    connection,
    closeTimeoutMs = 10_000,
    lockDurationMs = 10_000,
    stalledIntervalMs = 3_000,
  } = dependencies
  const runningJobs = createRunningJobs({ lockKnownMs: lockDurationMs * 0.8 })
  const worker = new Worker(
    dependencies.queueName,
    (job, token) => processJob(job, token, { ...dependencies, runningJobs }),
    {
      connection: connection.redis,
      prefix: checkPrefix(dependencies.prefix),
      autorun: false,
      concurrency: dependencies.concurrency,
      lockDuration: lockDurationMs,
      stalledInterval: stalledIntervalMs,
      maxStalledCount: dependencies.maxStalledCount,
      // Not a latency: an idle worker waits in a blocking read, and the add itself wakes it.
      drainDelay: 5,
      // BullMQ waits 15 s by default before it goes on after a broken connection.
      runRetryDelay: 1_000,
    },
  )
  listen(worker, runningJobs, dependencies)

  async function close(): Promise<void> {
    const closed = worker.close()
    if (!(await settlesWithin(closed, closeTimeoutMs))) {
      runningJobs.stopAll()
      if (!(await settlesWithin(closed, STOP_GRACE_MS))) {
        connection.stopReconnecting()
        const abandonedJobs = runningJobs.abandonAll()
        if (abandonedJobs > 0) connection.report(new AbandonedJobsError(abandonedJobs))
        await settlesWithin(closed, DISCONNECT_GRACE_MS)
      }
    }
    await closeRedis(connection.redis)
  }

  let closing: Promise<void> | undefined
  return {
    run() {
      worker.run().catch(connection.report)
    },
    close: () => (closing ??= close()),
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

async function processJob<Data>(
  job: Job,
  token: string | undefined,
  dependencies: JobWorkerDependencies<Data> & { runningJobs: RunningJobs },
): Promise<void> {
  const { id } = job
  assert(id !== undefined && token !== undefined, 'a job being processed has an id and a lock')
  const data = parseJob(job, dependencies.parse)
  try {
    await dependencies.runningJobs.run(id, async (signal) => {
      try {
        await dependencies.process(data, signal)
      } catch (error) {
        if (!isClosing(signal)) throw new JobFailure(error)
        await job.moveToWait(token)
        throw new WaitingError()
      }
    })
  } catch (error) {
    // WaitingError and DelayedError tell BullMQ that the job has been moved already, and to leave it alone. For an
    // abandoned job that is the point: it stays active, under a lock that nobody renews.
    throw error instanceof JobAbandoned ? new DelayedError() : error
  }
}

function parseJob<Data>(job: Job, parse: (data: unknown) => Data): Data {
  try {
    return parse(job.data)
  } catch (error) {
    // Trying again changes nothing. The message is for Redis, so it holds no data.
    throw Object.assign(new UnrecoverableError('MalformedJob'), { cause: error })
  }
}

function isClosing(signal: AbortSignal): boolean {
  return signal.reason instanceof JobStopped && signal.reason.reason === 'closing'
}
