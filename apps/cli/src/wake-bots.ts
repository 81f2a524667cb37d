import { closeRedis, createRedis, createTurnQueue, type Turn } from '@postino/queues'
import type { Say } from './surroundings.ts'

/**
 * Asks for a turn of each bot, so that what waits for it leaves at once. Without Redis nothing is lost: the scheduler finds
 * it a little later.
 */
export async function wakeBots(redisUrl: string | undefined, bots: Turn[], warn: Say): Promise<void> {
  if (redisUrl === undefined) return
  const redis = createRedis({ url: redisUrl, onError: () => undefined })
  const turns = createTurnQueue({ redis })
  try {
    await turns.wake(bots)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    warn(`What waits leaves within half a minute instead of at once, as Redis was not told (${reason}).`)
  } finally {
    await turns.close()
    await closeRedis(redis)
  }
}
