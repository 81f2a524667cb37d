import { Worker } from 'bullmq'
import type { Job } from 'bullmq'

/**
 * A worker that begins with a job as soon as it has it. BullMQ's, where it takes more than one at a time, first asks for further
 * ones, so that on an idle system each job waits for an answer that says there are none.
 */
export class PromptWorker extends Worker {
  #foundNone = true

  protected override async moveToActive(token: string, name?: string): Promise<Job> {
    const job = await super.moveToActive(token, name)
    // Let it take this one for the last: it goes on to the blocking read, which is answered at once, since the script that hands
    // out a job leaves a mark for whoever waits, and begins with the job meanwhile.
    const isNews = this.#foundNone && job !== undefined
    if (isNews) Object.assign(this, { drained: true })
    this.#foundNone = job === undefined
    return job
  }
}
