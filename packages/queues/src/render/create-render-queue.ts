import assert from 'node:assert/strict'
import { chunksOf, createBullQueue, requireRedis } from '../create-bull-queue.ts'
import {
  DEFAULT_PREFIX,
  MAX_MESSAGES_PER_RENDER_JOB,
  RENDER_QUEUE,
  isId,
  renderJobOptions,
} from '../job-catalogue.ts'
import { createJobIds } from '../job-ids.ts'
import type { RedisConnection } from '../redis/redis-connection.ts'

export type RenderQueue = {
  /**
   * Asks for these messages to be rendered. Resolves when Redis has all of them; rejects when it may have none or
   * some: adding them again is harmless, and the sweeper does it.
   */
  add: (messageIds: string[]) => Promise<void>
  close: () => Promise<void>
}

/** One script call blocks Redis for some 30 µs a job: 200 jobs keep others waiting for 6 ms at most. */
const JOBS_PER_CALL = 200

export function createRenderQueue(options: { redis: RedisConnection; prefix?: string }): RenderQueue {
  const { redis, prefix = DEFAULT_PREFIX } = options
  const queue = createBullQueue({ name: RENDER_QUEUE, redis, prefix })
  const nextJobId = createJobIds()

  async function add(messageIds: string[]): Promise<void> {
    assert(messageIds.every(isId), 'message ids are decimal strings')
    if (messageIds.length === 0) return
    await requireRedis(redis)
    const jobs = chunksOf(messageIds, MAX_MESSAGES_PER_RENDER_JOB).map((chunk) => ({
      name: 'render',
      data: { messageIds: chunk },
      opts: renderJobOptions(nextJobId()),
    }))
    for (const chunk of chunksOf(jobs, JOBS_PER_CALL)) await queue.addBulk(chunk)
  }

  return { add, close: () => queue.close() }
}
