import { acceptEvents, type Database } from '@postino/database'
import type { Logger } from '@postino/runtime'
import type { EventVerdict, IngestMetrics } from '../metrics.ts'
import { createAcceptEvents, type AcceptEvents, type EventOutcome } from './create-accept-events.ts'
import { createEnqueue } from './create-enqueue.ts'

export interface AcceptDependencies {
  database: Database
  /** Puts render jobs into Redis. */
  enqueue: (messageIds: string[]) => Promise<void>
  metrics: IngestMetrics
  logger: Logger
}

/** How long Redis may take for render jobs. It answers in a millisecond: where it does not, a shop should not wait for it. */
const REDIS_LIMIT_MS = 250

const REDIS_PAUSE_MS = 1_000
/** Some megabytes of ids. */
const MAX_ON_THE_WAY_TO_REDIS = 20_000

/** Accepts events, wherever they came from: counted, and with a line in the log for what should not be. */
export function createAccept(
  { database, enqueue, metrics, logger }: AcceptDependencies,
  { redisLimitMs = REDIS_LIMIT_MS } = {},
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
      pauseMs: REDIS_PAUSE_MS,
      maxUnderWay: MAX_ON_THE_WAY_TO_REDIS,
      nowMs: () => performance.now(),
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
