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

type Run = { jobId: string; controller: AbortController; abandon: () => void; lockTimer: NodeJS.Timeout }

/**
 * The jobs of one worker that are running, and how each of them is told to stop.
 * A lock counts as lost when Redis says so, and also when no renewal was confirmed for `lockKnownMs`: a worker cut off
 * from Redis hears nothing, while the lock runs out and another worker takes over.
 */
export function createRunningJobs({ lockKnownMs }: { lockKnownMs: number }): RunningJobs {
  const runs = new Set<Run>()
  /** A job whose lock was lost may come back to this very worker while the old run goes on. The newest has the lock. */
  const runWithLock = new Map<string, Run>()

  async function run(jobId: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    stop(runWithLock.get(jobId), 'lock-lost')
    const { promise: abandoned, reject } = Promise.withResolvers<never>()
    const own: Run = {
      jobId,
      controller: new AbortController(),
      abandon: () => reject(new JobAbandoned()),
      lockTimer: setTimeout(() => stop(own, 'lock-lost'), lockKnownMs),
    }
    runs.add(own)
    runWithLock.set(jobId, own)
    try {
      await Promise.race([work(own.controller.signal), abandoned])
    } finally {
      clearTimeout(own.lockTimer)
      runs.delete(own)
      if (runWithLock.get(jobId) === own) runWithLock.delete(jobId)
    }
  }

  return {
    run,
    lockRenewed(jobIds) {
      for (const jobId of jobIds) runWithLock.get(jobId)?.lockTimer.refresh()
    },
    lockLost(jobIds) {
      for (const jobId of jobIds) stop(runWithLock.get(jobId), 'lock-lost')
    },
    stopAll() {
      for (const each of runs) stop(each, 'closing')
    },
    abandonAll() {
      for (const { abandon } of runs) abandon()
      return runs.size
    },
  }
}

/** The first reason stands: a turn that lost its lock must not be handed back as its owner's. */
function stop(run: Run | undefined, reason: StopReason): void {
  run?.controller.abort(new JobStopped(reason))
}
