import { closeRedis, createRedis, pingRedis, UnfitRedisError } from '@postino/queues'
import { CommandFailure } from '../failures/command-failure.ts'

export async function lookAtRedis(url: string): Promise<string> {
  let refusal: Error | undefined
  const redis = createRedis({ url, onError: (error) => (refusal ??= error) })
  try {
    await pingRedis(redis)
    return 'answers, and drops nothing when memory is short'
  } catch (error) {
    if (error instanceof UnfitRedisError) throw new CommandFailure(error.message, { cause: error })
    // What the connection told first says more than that no answer came.
    const reason = refusal ?? error
    const told = reason instanceof Error ? reason.message : String(reason)
    throw new CommandFailure(`${told}: start it, or correct REDIS_URL`, { cause: error })
  } finally {
    await closeRedis(redis)
  }
}
