import { createRedis, createTurnWorker } from '@postino/queues'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * A sender without Telegram, in a process of its own, to be killed. Reports each turn that ran to its end; told to
 * hang, it reports each turn that started, and none ends.
 */
const [url = '', mode = 'serve'] = process.argv.slice(2)
const redis = createRedis({ url, onError: () => undefined })

const worker = createTurnWorker({
  redis,
  concurrency: 4,
  lockDurationMs: 1_000,
  stalledIntervalMs: 200,
  process: async ({ botId }) => {
    // Counted by Redis, as moments of several processes are to be compared.
    const startedAt = await redis.incr('moment')
    if (mode === 'hang') {
      process.send?.({ botId, startedAt })
      return Promise.withResolvers<object>().promise
    }
    await wait(startedAt % 15)
    process.send?.({ botId, startedAt })
    return startedAt % 3 === 0 ? { nextTurnInMs: startedAt % 40 } : {}
  },
  onFailed: () => undefined,
  onError: () => undefined,
})
worker.run()
