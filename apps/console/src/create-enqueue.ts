import { within } from '@postino/http'
import type { Logger } from '@postino/runtime'

/** Redis answers in a millisecond; where it does not, nobody waits for it. */
const REDIS_LIMIT_MS = 250

/** Asks for messages to be rendered at once. Never rejects: without a job the sweeper brings them. */
export type Enqueue = (messageIds: string[]) => Promise<void>

/** `add` puts render jobs into Redis; undefined: all is left to the sweeper. */
export function createEnqueue({
  add,
  logger,
}: {
  add: ((messageIds: string[]) => Promise<void>) | undefined
  logger: Logger
}): Enqueue {
  return async function enqueue(messageIds) {
    if (add === undefined) return
    try {
      await within(REDIS_LIMIT_MS, add(messageIds))
    } catch (error) {
      logger.warn({ err: error, messages: messageIds.length }, 'render.left_to_sweeper')
    }
  }
}
