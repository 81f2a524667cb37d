import type { RedisConnection } from './redis-connection.ts'
import { nodesOf } from './nodes-of.ts'

/**
 * Why a Redis with this `INFO memory` must not hold queues, or undefined when it may.
 * With any policy but noeviction a full Redis drops keys by itself: a lock (the job runs twice), a job, a bot's alarm.
 * Source: https://docs.bullmq.io/guide/going-to-production#max-memory-policy
 */
export function evictionProblem(infoMemory: string): string | undefined {
  const policy = /^maxmemory_policy:(\S+)/m.exec(infoMemory)?.[1]
  // Servers that do not name a policy (Dragonfly, some proxies) cannot be judged from here.
  if (policy === undefined || policy === 'noeviction') return undefined
  return (
    `Redis has maxmemory-policy ${policy} and would drop jobs and locks when memory is short. ` +
    'Postino refuses it: set maxmemory-policy noeviction.'
  )
}

/** The same of a Redis that runs; of a cluster each node counts. Rejects when one does not answer. */
export async function readEvictionProblem(redis: RedisConnection): Promise<string | undefined> {
  // Any key: before a command a cluster has no nodes to ask.
  await redis.exists('{postino}')
  const infos = await Promise.all(nodesOf(redis).map((node) => node.info('memory')))
  return infos.map(evictionProblem).find((problem) => problem !== undefined)
}
