import { createBullQueue, requireRedis } from './create-bull-queue.ts'
import { DEFAULT_PREFIX, RENDER_QUEUE, TURN_QUEUE } from './job-catalogue.ts'
import type { RedisConnection } from './redis/redis-connection.ts'
import { createTurnAlarms } from './turns/turn-alarms.ts'

/**
 * Jobs by state. `delayed`: render jobs to be tried again, and bots whose next turn has a time. A bot whose time has come
 * counts as waiting and still as delayed until its turn starts.
 */
export type QueueDepth = { waiting: number; active: number; delayed: number; failed: number }

export type QueueDepths = {
  /** Each queue's depth; rejects within seconds when Redis is away. */
  read: () => Promise<{ render: QueueDepth; turns: QueueDepth }>
  close: () => Promise<void>
}

/**
 * Counts for metrics. They are Redis's, the same whoever asks: export them from one process only, or take the
 * maximum over processes.
 */
export function createQueueDepths(options: { redis: RedisConnection; prefix?: string }): QueueDepths {
  const { redis, prefix = DEFAULT_PREFIX } = options
  const render = createBullQueue({ name: RENDER_QUEUE, redis, prefix })
  const turns = createBullQueue({ name: TURN_QUEUE, redis, prefix })
  const alarms = createTurnAlarms({ redis, prefix })

  async function depthOf(queue: typeof render): Promise<QueueDepth> {
    const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'failed')
    const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts
    return { waiting, active, delayed, failed }
  }

  return {
    async read() {
      await requireRedis(redis)
      const [renderDepth, turnDepth, alarmCount] = await Promise.all([
        depthOf(render),
        depthOf(turns),
        alarms.count(),
      ])
      return { render: renderDepth, turns: { ...turnDepth, delayed: turnDepth.delayed + alarmCount } }
    },
    async close() {
      await Promise.all([render.close(), turns.close()])
    },
  }
}
