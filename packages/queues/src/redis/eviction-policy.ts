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
