import { closeRedis, createRedis, createRenderQueue } from '@postino/queues'
import type { Say } from './surroundings.ts'

/** Asks for messages to be rendered at once. Without Redis nothing is lost: the scheduler finds them a little later. */
export async function renderMessages(
  redisUrl: string | undefined,
  messageIds: string[],
  warn: Say,
): Promise<void> {
  if (redisUrl === undefined) return
  const redis = createRedis({ url: redisUrl, onError: () => undefined })
  const renders = createRenderQueue({ redis })
  try {
    await renders.add(messageIds)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    warn(`It leaves within half a minute instead of at once, as Redis was not told (${reason}).`)
  } finally {
    await renders.close()
    await closeRedis(redis)
  }
}
