import { Worker } from 'bullmq'
import { Redis } from 'ioredis'

// The peer: a BullMQ worker that does nothing, one job a message. Tells its parent how long it took for all of them.

const [redisUrl = '', count = '', concurrency] = process.argv.slice(2)
const redis = new Redis(redisUrl, { maxRetriesPerRequest: null })
let left = Number(count)
const done = Promise.withResolvers<void>()
const worker = new Worker(
  'empty',
  async () => {
    left -= 1
    if (left === 0) done.resolve()
  },
  { connection: redis, autorun: false, ...(concurrency === undefined ? {} : { concurrency: Number(concurrency) }) },
)
await worker.waitUntilReady()
const startedAtMs = performance.now()
void worker.run()
await done.promise
process.send?.(performance.now() - startedAtMs)
await worker.close()
await redis.quit()
process.disconnect()
