import assert from 'node:assert/strict'

/** Why a job is to stop. `lock-lost`: another worker may have it by now. `closing`: it goes back to the queue. */
export type StopReason = 'lock-lost' | 'closing'

/** The reason an aborted job's signal carries. */
export class JobStopped extends Error {
  override readonly name = 'JobStopped'
  readonly reason: StopReason
  constructor(reason: StopReason) {
    super(reason === 'closing' ? 'this worker is closing' : 'the lock of this job was lost')
    this.reason = reason
  }
}

/** The worker gave up waiting for the job; the job itself may go on. */
export class JobAbandoned extends Error {
  override readonly name = 'JobAbandoned'
}

export type RunningJobs = {
  run: (jobId: string, work: (signal: AbortSignal) => Promise<void>) => Promise<void>
  lockRenewed: (jobIds: string[]) => void
  lockLost: (jobIds: string[]) => void
  stopAll: () => void
  /** Makes every `run` reject with JobAbandoned. Returns how many there were. */
  abandonAll: () => number
}

type RunningJob = { controller: AbortController; abandon: () => void; lockTimer: NodeJS.Timeout }

/**
 * The jobs of one worker that are running, and how each of them is told to stop.
 * A lock counts as lost when Redis says so, and also when no renewal was confirmed for `lockKnownMs`: a worker cut off
 * from Redis hears nothing, while the lock runs out and another worker takes over.
 */
export function createRunningJobs({ lockKnownMs }: { lockKnownMs: number }): RunningJobs {
  const jobs = new Map<string, RunningJob>()

  async function run(jobId: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    assert(!jobs.has(jobId), 'a job runs once at a time in a worker')
    const controller = new AbortController()
    const { promise: abandoned, reject } = Promise.withResolvers<never>()
    const lockTimer = setTimeout(() => controller.abort(new JobStopped('lock-lost')), lockKnownMs)
    jobs.set(jobId, { controller, abandon: () => reject(new JobAbandoned()), lockTimer })
    try {
      await Promise.race([work(controller.signal), abandoned])
    } finally {
      clearTimeout(lockTimer)
      jobs.delete(jobId)
    }
  }

  return {
    run,
    lockRenewed(jobIds) {
      for (const jobId of jobIds) jobs.get(jobId)?.lockTimer.refresh()
    },
    lockLost(jobIds) {
      for (const jobId of jobIds) jobs.get(jobId)?.controller.abort(new JobStopped('lock-lost'))
    },
    stopAll() {
      for (const { controller } of jobs.values()) controller.abort(new JobStopped('closing'))
    },
    abandonAll() {
      for (const { abandon } of jobs.values()) abandon()
      return jobs.size
    },
  }
}
