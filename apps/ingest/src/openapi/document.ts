import { eventBatchSchema, shortEventSchema, structuredEventSchema } from '@postino/domain'
import { componentSchemas } from '@postino/http'
import {
  acceptedBatchSchema,
  acceptedEventSchema,
  eventTrailsSchema,
  messageTrailSchema,
  problemSchema,
  rejectedEventsSchema,
} from './answers.ts'
import { getEvent, getMessage, listRejectedEvents, postEvents } from './operations.ts'

const REQUESTS = [structuredEventSchema, shortEventSchema, eventBatchSchema]
const ANSWERS = [
  acceptedEventSchema,
  acceptedBatchSchema,
  eventTrailsSchema,
  messageTrailSchema,
  rejectedEventsSchema,
  problemSchema,
]

const DESCRIPTION = `Postino tells a shop's customers on Telegram what happens to their orders, carts, messages, activities and files.
Here a shop reports events and follows what became of them.

Every request under \`/v1\` carries an API key: \`authorization: Bearer pst_live_…\`. Every error is a problem document, RFC 9457; its \`type\` can be opened.`

/** The description of the API in OpenAPI 3.1. The schemas of events are the very ones events are checked with. */
export function openApiDocument() {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Postino',
      version: '1.0.0',
      summary: 'Report events, follow messages',
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ apiKey: [] }],
    tags: [
      { name: 'Events', description: 'What the shop reports. Needs the scope events:write.' },
      { name: 'Trails', description: 'What became of it. Needs the scope events:read.' },
    ],
    paths: {
      '/v1/events': { post: postEvents },
      '/v1/events/{id}': { get: getEvent },
      '/v1/rejected-events': { get: listRejectedEvents },
      '/v1/messages/{id}': { get: getMessage },
    },
    components: {
      schemas: { ...componentSchemas(REQUESTS), ...componentSchemas(ANSWERS) },
      securitySchemes: {
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key of the shop: `pst_live_…` or `pst_test_…`',
        },
      },
    },
  }
}
