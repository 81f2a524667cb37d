import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'

// A step of the peer: a BullMQ worker that does nothing but hand each job on to the next queue. The last one tells its parent
// when it has had as many as it was told to wait for.

const [redisUrl = '', from = '', to = '', concurrency = ''] = process.argv.slice(2)
const connection = new Redis(redisUrl, { maxRetriesPerRequest: null })
const next = to === '' ? undefined : new Queue(to, { connection })
let seen = 0
let wanted = Number.POSITIVE_INFINITY

function tellIfDone(): void {
  if (seen < wanted) return
  process.send?.({ lastAtMs: Date.now() })
  seen = 0
  wanted = Number.POSITIVE_INFINITY
}

const worker = new Worker<{ event: string }>(
  from,
  async (job) => {
    if (next !== undefined) await next.add('event', job.data, { removeOnComplete: true })
    seen += 1
    tellIfDone()
  },
  { connection, concurrency: Number(concurrency) },
)
await worker.waitUntilReady()
process.send?.({ ready: true })

process.on('message', (message: { wanted: number }) => {
  wanted = message.wanted
  tellIfDone()
})
process.once('disconnect', () => {
  void worker
    .close()
    .then(() => next?.close())
    .then(() => connection.quit())
})
