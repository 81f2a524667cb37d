import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'

const JOBS_PER_CALL = 500
const WARM_UP = 10_000

/**
 * Jobs a second of a BullMQ worker that does nothing, in a process of its own that has warmed up, through jobs that all wait
 * already. Without `concurrency` one after the other, as BullMQ does by default.
 */
export async function measureEmptyWorker(
  { redisUrl }: { redisUrl: string },
  { jobs, concurrency = 1 }: { jobs: number; concurrency?: number },
): Promise<number> {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null })
  const queue = new Queue('empty', { connection })
  const all = WARM_UP + jobs
  for (let from = 0; from < all; from += JOBS_PER_CALL) {
    await queue.addBulk(
      Array.from({ length: Math.min(JOBS_PER_CALL, all - from) }, (_, index) => ({
        name: 'empty',
        data: { messageId: String(from + index) },
        opts: { removeOnComplete: true },
      })),
    )
  }
  const file = fileURLToPath(new URL('empty-worker.ts', import.meta.url))
  const child = fork(file, [redisUrl, String(WARM_UP), String(jobs), String(concurrency)])
  const ended = once(child, 'exit')
  const [tookMs] = await once(child, 'message')
  await ended
  await queue.obliterate({ force: true })
  await queue.close()
  await connection.quit()
  return (jobs / Number(tookMs)) * 1_000
}
