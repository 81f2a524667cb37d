import type { RedisConnection } from './redis-connection.ts'
import { readEvictionProblem } from './eviction-policy.ts'

/** This Redis answers, but queues are not safe on it. The message says what to change. */
export class UnfitRedisError extends Error {
  override readonly name = 'UnfitRedisError'
}

/**
 * Resolves when Redis answers within `timeoutMs` and may hold queues; for readiness checks.
 * @throws UnfitRedisError when its eviction policy is not noeviction; Error when there is no answer.
 */
export async function pingRedis(redis: RedisConnection, timeoutMs = 1_000): Promise<void> {
  const { promise: expired, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`Redis did not answer within ${timeoutMs} ms`)), timeoutMs)
  try {
    const problem = await Promise.race([readEvictionProblem(redis), expired])
    if (problem !== undefined) throw new UnfitRedisError(problem)
  } finally {
    clearTimeout(timer)
  }
}
