import {
  classifyDatabaseFailure,
  findMessageTrail,
  listEventTrails,
  listRejectedEvents,
  verifyApiKeys,
} from '@postino/database'
import { MAX_BATCH_EVENTS } from '@postino/domain'
import {
  createAskDatabase,
  createKeyCheck,
  createShares,
  DATABASE_LIMIT_MS,
  type TimeLimits,
} from '@postino/http'
import type { Config } from '@postino/runtime'
import type { FastifyInstance } from 'fastify'
import type { EventOutcome } from './accept/create-accept-events.ts'
import { createAccept, type AcceptDependencies } from './accept/create-accept.ts'
import { createWaitingLine } from './accept/create-waiting-line.ts'
import type { IncomingEvent } from './accept/new-event.ts'
import { createApp } from './create-app.ts'
import type { ingestSettings } from './settings.ts'

export interface IngestDependencies extends AcceptDependencies {
  config: Pick<Config<typeof ingestSettings>, 'maxWaitingEvents' | 'maxBodyMebibytes'>
  timeLimits?: TimeLimits
}

const MEBIBYTE = 1024 * 1024

/** All of ingest but its connections: the HTTP server, not yet listening. */
export async function createIngest(dependencies: IngestDependencies): Promise<FastifyInstance> {
  const { database, config, metrics, logger } = dependencies
  const maxBodyBytes = config.maxBodyMebibytes * MEBIBYTE
  const ask = createAskDatabase(classifyDatabaseFailure)
  const checkKey = createKeyCheck((texts) => verifyApiKeys(database, texts))
  return await createApp({
    checkKey: (text) => ask(() => checkKey(text)),
    line: createLine(dependencies),
    bodyShares: createShares({ total: maxBodyBytes, perShop: maxBodyBytes / 2 }),
    listEventTrails: (shopId, event) => ask(() => listEventTrails(database, shopId, event)),
    findMessageTrail: (shopId, messageId) => ask(() => findMessageTrail(database, shopId, messageId)),
    listRejectedEvents: (shopId, filter) => ask(() => listRejectedEvents(database, shopId, filter)),
    nowMs: Date.now,
    metrics,
    logger,
    ...(dependencies.timeLimits === undefined ? {} : { timeLimits: dependencies.timeLimits }),
  })
}

function createLine({ database, enqueue, config, metrics, logger }: IngestDependencies) {
  const accept = createAccept({ database, enqueue, metrics, logger })
  const total = config.maxWaitingEvents
  return createWaitingLine<IncomingEvent, EventOutcome>({
    flush: accept,
    maxItemsPerFlush: MAX_BATCH_EVENTS,
    maxWaiting: { total, perShop: Math.ceil(total / 2) },
    deadlineMs: DATABASE_LIMIT_MS,
    flushLimitMs: 2 * DATABASE_LIMIT_MS,
  })
}
