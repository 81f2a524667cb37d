import { addResource, createApi, type TimeLimits } from '@postino/http'
import type { Logger } from '@postino/runtime'
import type { FastifyInstance } from 'fastify'
import { EVENT_MEDIA_TYPES } from './body/event-media-types.ts'
import { openApiDocument } from './openapi/document.ts'
import { INGEST_PROBLEMS } from './problem/event-problems.ts'
import {
  createListRejectedEvents,
  type ListRejectedEventsDependencies,
} from './routes/list-rejected-events.ts'
import { createPostEvents, type PostEventsDependencies } from './routes/post-events.ts'
import { createGetEvent, createGetMessage, type ReadTrailsDependencies } from './routes/read-trails.ts'

export interface AppDependencies
  extends PostEventsDependencies, ReadTrailsDependencies, ListRejectedEventsDependencies {
  logger: Logger
  timeLimits?: TimeLimits
}

/** The HTTP server of ingest, not yet listening. */
export async function createApp(dependencies: AppDependencies): Promise<FastifyInstance> {
  const { logger, metrics, timeLimits } = dependencies
  const app = await createApi({
    name: 'Postino',
    document: openApiDocument(),
    problems: Object.values(INGEST_PROBLEMS),
    mediaTypes: EVENT_MEDIA_TYPES,
    logger,
    metrics,
    ...(timeLimits === undefined ? {} : { timeLimits }),
  })
  addResource(app, '/v1/events', { POST: createPostEvents(dependencies) })
  addResource(app, '/v1/events/:id', { GET: createGetEvent(dependencies) })
  addResource(app, '/v1/rejected-events', { GET: createListRejectedEvents(dependencies) })
  addResource(app, '/v1/messages/:id', { GET: createGetMessage(dependencies) })
  return app
}
