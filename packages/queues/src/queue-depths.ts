import type { Queue } from 'bullmq'
import { createBullQueue, requireRedis } from './create-bull-queue.ts'
import { RENDER_QUEUE, TURN_QUEUE } from './job-catalogue.ts'
import type { RedisConnection } from './redis/redis-connection.ts'
import { shardsOf } from './shards.ts'
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
 * Counts for metrics, over all shards. They are Redis's, the same whoever asks: export them from one process only, or take the
 * maximum over processes.
 */
export function createQueueDepths(options: { redis: RedisConnection; shards?: number }): QueueDepths {
  const { redis, shards = 1 } = options
  const parts = shardsOf(shards).map(({ prefix }) => ({
    render: createBullQueue({ name: RENDER_QUEUE, redis, prefix }),
    turns: createBullQueue({ name: TURN_QUEUE, redis, prefix }),
    alarms: createTurnAlarms({ redis, prefix }),
  }))

  return {
    async read() {
      await requireRedis(redis)
      const [render, turns, alarms] = await Promise.all([
        Promise.all(parts.map((part) => depthOf(part.render))),
        Promise.all(parts.map((part) => depthOf(part.turns))),
        Promise.all(parts.map((part) => part.alarms.count())),
      ])
      const waitForTime = alarms.map((delayed) => ({ ...NOTHING, delayed }))
      return { render: render.reduce(add, NOTHING), turns: [...turns, ...waitForTime].reduce(add, NOTHING) }
    },
    async close() {
      await Promise.all(parts.flatMap((part) => [part.render.close(), part.turns.close()]))
    },
  }
}

const NOTHING: QueueDepth = { waiting: 0, active: 0, delayed: 0, failed: 0 }

async function depthOf(queue: Queue): Promise<QueueDepth> {
  const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'failed')
  const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts
  return { waiting, active, delayed, failed }
}

function add(one: QueueDepth, other: QueueDepth): QueueDepth {
  return {
    waiting: one.waiting + other.waiting,
    active: one.active + other.active,
    delayed: one.delayed + other.delayed,
    failed: one.failed + other.failed,
  }
}
