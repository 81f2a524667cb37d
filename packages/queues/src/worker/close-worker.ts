import type { Worker } from 'bullmq'
import type { RunningJobs } from './running-jobs.ts'
import { settlesWithin } from './settles-within.ts'
import type { WorkerConnection } from './worker-connection.ts'

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

export type ClosingWorker = {
  worker: Worker
  runningJobs: RunningJobs
  connection: WorkerConnection
  closeTimeoutMs: number
}

/** After the signals fired: time for the jobs to throw, and for BullMQ to tell Redis. */
const STOP_GRACE_MS = 1_000
/** Time for a connection to find out that Redis is away. */
const DISCONNECT_GRACE_MS = 2_500

/**
 * Closes in steps, each with a limit; BullMQ's own close waits for running jobs, and for Redis, without any.
 * 1. No further job is taken; running ones have `closeTimeoutMs` to end.
 * 2. Their signals fire. A job that throws goes back to the queue, a job that returns is done.
 * 3. What still runs is abandoned. `worker.close(true)` cannot follow a close already begun, so it is the job's
 *    side that gives up: BullMQ sees every job end, and closes. The job stays active under a lock nobody renews.
 */
export async function closeWorker({
  worker,
  runningJobs,
  connection,
  closeTimeoutMs,
}: ClosingWorker): Promise<void> {
  if (connection.redis.status !== 'ready') await letGoOfRedis(worker, connection)
  const closed = worker.close()
  if (!(await settlesWithin(closed, closeTimeoutMs))) {
    runningJobs.stopAll()
    if (!(await settlesWithin(closed, STOP_GRACE_MS))) {
      const abandonedJobs = runningJobs.abandonAll()
      if (abandonedJobs > 0) connection.report(new AbandonedJobsError(abandonedJobs))
      connection.stopReconnecting()
      await settlesWithin(closed, DISCONNECT_GRACE_MS)
    }
  }
}

/**
 * BullMQ closes by disconnecting its blocking connection and waiting for the event; a connection that is between two
 * attempts to reconnect never has one. So when Redis is away, both connections are ended first.
 */
async function letGoOfRedis(worker: Worker, connection: WorkerConnection): Promise<void> {
  connection.stopReconnecting()
  const blocking = worker.getBackend().blockingClient
  await settlesWithin(
    Promise.all([connectedOrEnded(connection.redis), blocking?.then(connectedOrEnded)]),
    DISCONNECT_GRACE_MS,
  )
}

type Connection = { status: string; once: (event: string, listener: () => void) => unknown }

async function connectedOrEnded(client: Connection): Promise<void> {
  if (client.status === 'ready' || client.status === 'end') return
  const { promise, resolve } = Promise.withResolvers<void>()
  client.once('ready', resolve)
  client.once('end', resolve)
  await promise
}
