import { Worker } from 'bullmq'
import { Redis } from 'ioredis'

// The peer: a BullMQ worker that does nothing, one job a message. Tells its parent how many milliseconds they took, those
// not counted that it warmed up with.

const [redisUrl = '', warmUp = '', jobs = '', concurrency = ''] = process.argv.slice(2)
const connection = new Redis(redisUrl, { maxRetriesPerRequest: null })
let left = Number(warmUp) + Number(jobs)
let startedAtMs = 0
const done = Promise.withResolvers<void>()
const worker = new Worker(
  'empty',
  async () => {
    left -= 1
    if (left === Number(jobs)) startedAtMs = performance.now()
    if (left === 0) done.resolve()
  },
  { connection, autorun: false, concurrency: Number(concurrency) },
)
await worker.waitUntilReady()
void worker.run()
await done.promise
process.send?.(performance.now() - startedAtMs)
await worker.close()
await connection.quit()
process.disconnect()
