import assert from 'node:assert/strict'
import { addJobs, chunksOf, createBullQueue, requireRedis } from '../create-bull-queue.ts'
import { createGather } from '../gather.ts'
import { RENDER_QUEUE, isId, renderJobOptions } from '../job-catalogue.ts'
import { createJobIds } from '../job-ids.ts'
import type { RedisConnection } from '../redis/redis-connection.ts'
import { shardAt, shardsOf } from '../shards.ts'
import { MAX_MESSAGES_PER_RENDER_JOB, encodeRenderJob } from './render-job.ts'

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

/**
 * Render jobs go round the shards one after the other, whatever is in them: nothing depends on where or in which order they
 * run, and so a single busy shop is spread as well.
 */
export function createRenderQueue(options: { redis: RedisConnection; shards?: number }): RenderQueue {
  const { redis, shards = 1 } = options
  const queues = shardsOf(shards).map(({ prefix }) => createBullQueue({ name: RENDER_QUEUE, redis, prefix }))
  const nextJobId = createJobIds()
  let next = Math.floor(Math.random() * shards)

  // Acceptances of single events that end together share a job.
  const addTogether = createGather<string>(async (messageIds) => {
    const jobs = chunksOf(messageIds, MAX_MESSAGES_PER_RENDER_JOB).map((chunk) => ({
      name: 'render',
      data: encodeRenderJob(chunk),
      opts: renderJobOptions(nextJobId()),
    }))
    await requireRedis(redis)
    const jobsOf = queues.map((_, index) => jobs.filter((__, at) => (next + at) % shards === index))
    next = (next + jobs.length) % shards
    await Promise.all(
      jobsOf.map(async (own, index) => {
        for (const chunk of chunksOf(own, JOBS_PER_CALL)) await addJobs(shardAt(queues, index), chunk)
      }),
    )
  })

  async function add(messageIds: string[]): Promise<void> {
    assert(messageIds.every(isId), 'message ids are decimal strings')
    if (messageIds.length > 0) await addTogether(messageIds)
  }

  return { add, close: async () => void (await Promise.all(queues.map((queue) => queue.close()))) }
}
