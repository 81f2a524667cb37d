import { listForgottenBots, listForgottenMessages, withSweepLock, type Database } from '@postino/database'

export interface SweepDependencies {
  database: Database
  enqueueRender: (messageIds: string[]) => Promise<void>
  wake: (bots: { shopId: string; botId: string }[]) => Promise<void>
  swept: (stage: 'render' | 'turn', count: number) => void
}

export interface SweepSettings {
  /** An accepted message waits so long for its render job before we believe the job is lost. */
  renderAfterMs: number
  /** A bot with something to send has had no turn for so long before we believe its wake is lost. */
  turnAfterMs: number
  /** At most so many messages and bots a sweep; the next one takes the rest. */
  limit: number
}

/**
 * The net below the queues: whatever Postgres says should have a job gets one again. Jobs that were there all the same do
 * no harm, since rendering and turns are harmless when repeated. One process sweeps at a time; the others skip.
 */
export function createSweep(
  { database, enqueueRender, wake, swept }: SweepDependencies,
  settings: SweepSettings,
) {
  return async function sweep(): Promise<void> {
    const found = await withSweepLock(database, async (locked) => ({
      messageIds: await listForgottenMessages(locked, {
        olderThanMs: settings.renderAfterMs,
        limit: settings.limit,
      }),
      bots: await listForgottenBots(locked, { idleMs: settings.turnAfterMs, limit: settings.limit }),
    }))
    if (found === undefined) return
    if (found.messageIds.length > 0) {
      await enqueueRender(found.messageIds)
      swept('render', found.messageIds.length)
    }
    if (found.bots.length > 0) {
      await wake(found.bots)
      swept('turn', found.bots.length)
    }
  }
}
