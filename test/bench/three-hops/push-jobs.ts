import { Queue } from 'bullmq'
import { Redis } from 'ioredis'

const JOBS_PER_CALL = 500

/** Adds a job for each event, 500 in a call. */
export async function pushJobs(
  { redisUrl, queue: name }: { redisUrl: string; queue: string },
  events: Iterable<{ event: string }>,
): Promise<void> {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null })
  const queue = new Queue(name, { connection })
  let jobs: { name: string; data: object; opts: { removeOnComplete: true } }[] = []
  for (const { event } of events) {
    jobs.push({ name: 'event', data: { event }, opts: { removeOnComplete: true } })
    if (jobs.length < JOBS_PER_CALL) continue
    await queue.addBulk(jobs)
    jobs = []
  }
  await queue.addBulk(jobs)
  await queue.close()
  await connection.quit()
}
