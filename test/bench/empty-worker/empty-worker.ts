import { Worker } from 'bullmq'
import { Redis } from 'ioredis'

// The peer: a BullMQ worker that does nothing, one job a message. Tells its parent how many milliseconds all of them took.

const [redisUrl = '', jobs = '', concurrency = ''] = process.argv.slice(2)
const connection = new Redis(redisUrl, { maxRetriesPerRequest: null })
let left = Number(jobs)
const done = Promise.withResolvers<void>()
const worker = new Worker(
  'empty',
  async () => {
    left -= 1
    if (left === 0) done.resolve()
  },
  { connection, autorun: false, concurrency: Number(concurrency) },
)
await worker.waitUntilReady()
const startedAtMs = performance.now()
void worker.run()
await done.promise
process.send?.(performance.now() - startedAtMs)
await worker.close()
await connection.quit()
process.disconnect()
