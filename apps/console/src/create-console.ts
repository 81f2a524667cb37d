import { verifyApiKeys, type Database } from '@postino/database'
import {
  createApi,
  createKeyCheck,
  createShares,
  JSON_MEDIA_TYPES,
  type RequestMetrics,
  type TimeLimits,
} from '@postino/http'
import { createEnqueue, type Enqueue } from '@postino/queues'
import type { Config, Logger } from '@postino/runtime'
import type { FastifyInstance } from 'fastify'
import { createAsk } from './ask.ts'
import { openApiDocument } from './openapi/document.ts'
import { addOperations } from './operation/add-operations.ts'
import { CONSOLE_PROBLEMS } from './problems.ts'
import { createOperations } from './routes/operations.ts'
import type { consoleSettings } from './settings.ts'

export interface ConsoleDependencies {
  database: Database
  config: Pick<Config<typeof consoleSettings>, 'botPublicUrl' | 'importMegabytes' | 'importSeconds'>
  /** Puts render jobs into Redis; without it what is to be rendered waits for the sweeper. */
  addRenderJobs?: ((messageIds: string[]) => Promise<void>) | undefined
  metrics: RequestMetrics
  logger: Logger
  timeLimits?: Partial<TimeLimits>
}

/** Bodies are small here: so many are read at a time as no management ever sends. */
const MAX_BODIES_BYTES = 16 * 1024 * 1024
/** Each holds a connection to Postgres while it is imported. */
const MAX_IMPORTS = 3

/** All of the console but its connections: the HTTP server, not yet listening. */
export async function createConsole(dependencies: ConsoleDependencies): Promise<FastifyInstance> {
  const { database, config, metrics, logger } = dependencies
  const ask = createAsk(database)
  const checkKey = createKeyCheck((texts) => verifyApiKeys(database, texts))
  const enqueue = createEnqueueWith(dependencies)
  const operations = createOperations({ ask, enqueue, config })
  const app = await createApi({
    name: 'Postino management',
    document: openApiDocument(operations),
    problems: Object.values(CONSOLE_PROBLEMS),
    mediaTypes: JSON_MEDIA_TYPES,
    logger,
    metrics,
    timeLimits: { fileMs: config.importSeconds * 1_000, ...dependencies.timeLimits },
  })
  addOperations(app, operations, {
    checkKey: (text) => ask(() => checkKey(text)),
    bodyShares: createShares({ total: MAX_BODIES_BYTES, perShop: MAX_BODIES_BYTES / 2 }),
    uploads: {
      maxBytes: config.importMegabytes * 1_000_000,
      shares: createShares({ total: MAX_IMPORTS, perShop: 1 }),
    },
  })
  return app
}

function createEnqueueWith({ addRenderJobs: add, logger }: ConsoleDependencies): Enqueue {
  if (add === undefined) return () => Promise.resolve()
  return createEnqueue({
    add,
    onLeft: (messages, error) => logger.warn({ err: error, messages }, 'messages.left_to_sweeper'),
  })
}
