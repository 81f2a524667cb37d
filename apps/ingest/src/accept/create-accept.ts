import { acceptEvents, type Database } from '@postino/database'
import { createEnqueue } from '@postino/queues'
import type { Logger } from '@postino/runtime'
import type { EventVerdict, IngestMetrics } from '../metrics.ts'
import { createAcceptEvents, type AcceptEvents, type EventOutcome } from './create-accept-events.ts'

export interface AcceptDependencies {
  database: Database
  /** Puts render jobs into Redis. */
  enqueue: (messageIds: string[]) => Promise<void>
  metrics: IngestMetrics
  logger: Logger
}

/** Accepts events, wherever they came from: counted, and with a line in the log for what should not be. */
export function createAccept(
  { database, enqueue, metrics, logger }: AcceptDependencies,
  { redisLimitMs }: { redisLimitMs?: number } = {},
): AcceptEvents {
  const accept = createAcceptEvents({
    record: (events) => acceptEvents(database, events),
    enqueue: createEnqueue({
      add: enqueue,
      onLeft(count, error) {
        metrics.countLeftToSweeper(count)
        logger.warn({ err: error, messages: count }, 'messages.left_to_sweeper')
      },
      limitMs: redisLimitMs,
    }),
    onOutcome({ receivedOver, kind, shopId, source, eventId }, outcome) {
      metrics.countEvent(receivedOver, kind, verdictOf(outcome))
      if (outcome.status !== 'unstorable') return
      // Our checks let something through that Postgres refuses.
      logger.error({ err: outcome.cause, shop: shopId, source, event: eventId }, 'event.unstorable')
    },
  })
  return async (events) => {
    metrics.observeFlush(events.length)
    return await accept(events)
  }
}

function verdictOf(outcome: EventOutcome): EventVerdict {
  switch (outcome.status) {
    case 'accepted':
      return outcome.isFresh ? 'accepted' : 'duplicate'
    case 'conflict':
      return 'conflict'
    case 'unstorable':
      return 'invalid'
  }
}
