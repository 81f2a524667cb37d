import { readShards } from '@postino/database'
import { closeRedis, createRedis, createRenderQueue } from '@postino/queues'
import type { Say } from './surroundings.ts'
import { withDatabase } from './with-database.ts'

/** Asks for messages to be rendered at once. Without Redis nothing is lost: the scheduler finds them a little later. */
export async function renderMessages(
  { databaseUrl, redisUrl }: { databaseUrl: string; redisUrl: string | undefined },
  messageIds: string[],
  warn: Say,
): Promise<void> {
  if (redisUrl === undefined) return
  const redis = createRedis({ url: redisUrl, onError: () => undefined })
  try {
    const renders = createRenderQueue({ redis, shards: await withDatabase(databaseUrl, readShards) })
    await renders.add(messageIds)
    await renders.close()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    warn(`It leaves within half a minute instead of at once, as Redis was not told (${reason}).`)
  } finally {
    await closeRedis(redis)
  }
}
