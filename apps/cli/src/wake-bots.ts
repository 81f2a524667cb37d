import { findShardsOfBots, readShards } from '@postino/database'
import { closeRedis, createRedis, createTurnQueue, type Turn } from '@postino/queues'
import type { Say } from './surroundings.ts'
import { withDatabase } from './with-database.ts'

/**
 * Asks for a turn of each bot, so that what waits for it leaves at once. Without Redis nothing is lost: the scheduler finds
 * it a little later.
 */
export async function wakeBots(
  { databaseUrl, redisUrl }: { databaseUrl: string; redisUrl: string | undefined },
  bots: Turn[],
  warn: Say,
): Promise<void> {
  if (redisUrl === undefined) return
  const redis = createRedis({ url: redisUrl, onError: () => undefined })
  try {
    await withDatabase(databaseUrl, async (database) => {
      const shards = await readShards(database)
      const findShards = (botIds: string[]) => findShardsOfBots(database, botIds)
      const turns = createTurnQueue({ redis, shards, findShards })
      await turns.wake(bots)
      await turns.close()
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    warn(`What waits leaves within half a minute instead of at once, as Redis was not told (${reason}).`)
  } finally {
    await closeRedis(redis)
  }
}
