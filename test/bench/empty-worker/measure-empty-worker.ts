import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'

const JOBS_PER_CALL = 500

/**
 * Jobs a second of a BullMQ worker that does nothing, in a process of its own, from the first to the last of jobs that all
 * wait already. Without `concurrency` one after the other, as BullMQ does by default.
 */
export async function measureEmptyWorker(
  { redisUrl }: { redisUrl: string },
  { jobs, concurrency = 1 }: { jobs: number; concurrency?: number },
): Promise<number> {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null })
  const queue = new Queue('empty', { connection })
  for (let from = 0; from < jobs; from += JOBS_PER_CALL) {
    await queue.addBulk(
      Array.from({ length: Math.min(JOBS_PER_CALL, jobs - from) }, (_, index) => ({
        name: 'empty',
        data: { messageId: String(from + index) },
        opts: { removeOnComplete: true },
      })),
    )
  }
  const file = fileURLToPath(new URL('empty-worker.ts', import.meta.url))
  const child = fork(file, [redisUrl, String(jobs), String(concurrency)])
  const ended = once(child, 'exit')
  const [tookMs] = await once(child, 'message')
  await ended
  await queue.obliterate({ force: true })
  await queue.close()
  await connection.quit()
  return (jobs / Number(tookMs)) * 1_000
}
