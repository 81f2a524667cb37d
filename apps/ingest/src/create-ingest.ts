import {
  acceptEvents,
  classifyDatabaseFailure,
  findMessageTrail,
  listEventTrails,
  verifyApiKey,
  type Database,
} from '@postino/database'
import { MAX_BATCH_EVENTS } from '@postino/domain'
import {
  createAskDatabase,
  createKeyCheck,
  createShares,
  DATABASE_LIMIT_MS,
  type TimeLimits,
} from '@postino/http'
import type { Config, Logger } from '@postino/runtime'
import type { FastifyInstance } from 'fastify'
import { createAcceptEvents, type EventOutcome } from './accept/create-accept-events.ts'
import { createEnqueue } from './accept/create-enqueue.ts'
import { createWaitingLine } from './accept/create-waiting-line.ts'
import type { IncomingEvent } from './accept/new-event.ts'
import { createApp } from './create-app.ts'
import type { EventVerdict, IngestMetrics } from './metrics.ts'
import type { ingestSettings } from './settings.ts'

export interface IngestDependencies {
  database: Database
  /** Puts render jobs into Redis. */
  enqueue: (messageIds: string[]) => Promise<void>
  config: Pick<Config<typeof ingestSettings>, 'maxWaitingEvents' | 'maxBodyMebibytes'>
  metrics: IngestMetrics
  logger: Logger
  timeLimits?: TimeLimits
}

/** Redis answers in a millisecond; where it does not, the shop should not wait for it. */
const REDIS_LIMIT_MS = 250
const REDIS_PAUSE_MS = 1_000
const MEBIBYTE = 1024 * 1024

/** All of ingest but its connections: the HTTP server, not yet listening. */
export async function createIngest(dependencies: IngestDependencies): Promise<FastifyInstance> {
  const { database, config, metrics, logger } = dependencies
  const maxBodyBytes = config.maxBodyMebibytes * MEBIBYTE
  const ask = createAskDatabase(classifyDatabaseFailure)
  const checkKey = createKeyCheck((text) => verifyApiKey(database, text))
  return await createApp({
    checkKey: (text) => ask(() => checkKey(text)),
    line: createLine(dependencies),
    bodyShares: createShares({ total: maxBodyBytes, perShop: maxBodyBytes / 2 }),
    listEventTrails: (shopId, event) => ask(() => listEventTrails(database, shopId, event)),
    findMessageTrail: (shopId, messageId) => ask(() => findMessageTrail(database, shopId, messageId)),
    nowMs: Date.now,
    metrics,
    logger,
    ...(dependencies.timeLimits === undefined ? {} : { timeLimits: dependencies.timeLimits }),
  })
}

function createLine({ database, enqueue, config, metrics, logger }: IngestDependencies) {
  const accept = createAcceptEvents({
    record: (events) => acceptEvents(database, events),
    enqueue: createEnqueue({
      add: enqueue,
      onLeft(count, error) {
        metrics.countLeftToSweeper(count)
        logger.warn({ err: error, messages: count }, 'messages.left_to_sweeper')
      },
      limitMs: REDIS_LIMIT_MS,
      pauseMs: REDIS_PAUSE_MS,
      nowMs: () => performance.now(),
    }),
    onOutcome({ receivedOver, event, shopId }, outcome) {
      metrics.countEvent(receivedOver, event.type, verdictOf(outcome))
      if (outcome.status !== 'unstorable') return
      // Our checks let something through that Postgres refuses.
      logger.error(
        { err: outcome.cause, shop: shopId, source: event.source, event: event.id },
        'event.unstorable',
      )
    },
  })
  const total = config.maxWaitingEvents
  return createWaitingLine<IncomingEvent, EventOutcome>({
    flush(events) {
      metrics.observeFlush(events.length)
      return accept(events)
    },
    maxItemsPerFlush: MAX_BATCH_EVENTS,
    maxWaiting: { total, perShop: Math.ceil(total / 2) },
    deadlineMs: DATABASE_LIMIT_MS,
    flushLimitMs: 2 * DATABASE_LIMIT_MS,
  })
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
