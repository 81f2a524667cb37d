import { EVENT_KINDS, EXAMPLES } from '@postino/domain'
import { problemResponses, PROBLEMS, schemaRef } from '@postino/http'
import { z } from 'zod'
import { EVENT_PROBLEMS } from '../problem/event-problems.ts'
import { REJECTED_PARAMETERS } from '../routes/list-rejected-events.ts'

const BEFORE_READING = [
  PROBLEMS['key-in-url'],
  PROBLEMS.unauthorized,
  PROBLEMS.forbidden,
  PROBLEMS.unavailable,
]

const POST_DESCRIPTION = `Takes one event or a batch of up to 500. The answer 202 comes when they are committed: from then on they are never lost.

**Forms.** \`application/json\` with a CloudEvent (it has a \`specversion\`), with the short form \`{type, id, data}\`, or with an array of either;
\`application/cloudevents+json\` with a CloudEvent; \`application/cloudevents-batch+json\` with an array; and CloudEvents' binary mode: the attributes in
\`ce-\` headers, \`data\` as \`application/json\`. An event may have 64 KiB, a body 4 MiB. Bodies are strict JSON (RFC 7493): UTF-8 without byte order
mark, no member twice, no number a double cannot hold, nested at most 20 deep, at most 2,000 members. Compressed bodies are not read.

**Once per event.** An event is its \`source\` and \`id\` (an event that names no source has \`/\`). Sent again with the same content it gets the same
answer again and does nothing; so after a 503, a timeout or a broken connection, send the same again. With other content it is a 409.

**Batches.** Every event stands for itself. When all are accepted, the answer is 202 and shows them in order. When any is not, the answer is 422: the
good ones are accepted and committed all the same, \`errors\` names what is wrong with the others by their \`index\`, and \`events\` shows what became of
each. Sending the whole batch again after mending it is harmless. When the body is not JSON at all (400), or too large (413), nothing of it was taken.`

export const postEvents = {
  operationId: 'postEvents',
  tags: ['Events'],
  summary: 'Report events',
  description: POST_DESCRIPTION,
  parameters: ['specversion', 'id', 'source', 'type', 'time', 'partitionkey', 'sequence', 'expirytime'].map(
    (name) => ({
      name: `ce-${name}`,
      in: 'header',
      required: false,
      description: `In binary mode: the attribute ${name}`,
      schema: { type: 'string' },
    }),
  ),
  requestBody: {
    required: true,
    content: {
      'application/json': {
        schema: { anyOf: [schemaRef('CloudEvent'), schemaRef('ShortEvent'), schemaRef('EventBatch')] },
        examples: {
          ...Object.fromEntries(
            EVENT_KINDS.map((kind) => [kind, { summary: kind, value: shortForm(EXAMPLES[kind]) }]),
          ),
          'a CloudEvent': { value: EXAMPLES['order.status_changed'] },
          'a batch': { value: [EXAMPLES['cart.abandoned'], EXAMPLES['message.created']] },
        },
      },
      'application/cloudevents+json': {
        schema: schemaRef('CloudEvent'),
        examples: Object.fromEntries(EVENT_KINDS.map((kind) => [kind, { value: EXAMPLES[kind] }])),
      },
      'application/cloudevents-batch+json': {
        schema: schemaRef('EventBatch'),
        examples: { 'two events': { value: [EXAMPLES['cart.abandoned'], EXAMPLES['file.uploaded']] } },
      },
    },
  },
  responses: {
    202: {
      description: 'Accepted and durable',
      content: {
        'application/json': { schema: { anyOf: [schemaRef('AcceptedEvent'), schemaRef('AcceptedBatch')] } },
      },
    },
    ...problemResponses([
      ...BEFORE_READING,
      PROBLEMS['malformed-body'],
      EVENT_PROBLEMS.conflict,
      PROBLEMS['too-large'],
      PROBLEMS['unsupported-media-type'],
      EVENT_PROBLEMS['invalid-event'],
      EVENT_PROBLEMS['invalid-batch'],
      PROBLEMS['too-many-requests'],
    ]),
  },
}

export const getEvent = {
  operationId: 'getEvent',
  tags: ['Trails'],
  summary: 'What became of an event',
  description:
    'The event under the shop’s own id, with the whole trail of its messages. Always a list: one event, or several when several sources used the same id.',
  parameters: [
    { name: 'id', in: 'path', required: true, schema: { type: 'string' }, example: 'evt-20261120-0042' },
    {
      name: 'source',
      in: 'query',
      required: false,
      description: 'Only the event of this source',
      schema: { type: 'string', minLength: 1, maxLength: 512 },
    },
  ],
  responses: {
    200: answer('EventTrails', 'The event'),
    ...problemResponses([...BEFORE_READING, PROBLEMS['invalid-parameter']]),
  },
}

export const getMessage = {
  operationId: 'getMessage',
  tags: ['Trails'],
  summary: 'What became of a message',
  description: 'One message, with its status, the reason for it, and every attempt to send it.',
  parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' }, example: '81734' }],
  responses: { 200: answer('MessageTrail', 'The message'), ...problemResponses(BEFORE_READING) },
}

export const listRejectedEvents = {
  operationId: 'listRejectedEvents',
  tags: ['Trails'],
  summary: 'What was not taken',
  description:
    'Whoever reports over HTTP is told at once. What came over the stream and was not taken is listed here, the newest first, with what is wrong with it; the events themselves stand in the stream `postino:rejected:<shop>`.',
  parameters: Object.entries(REJECTED_PARAMETERS).map(([name, schema]) => {
    const { description, ...shape } = z.toJSONSchema(schema, { io: 'input' })
    return { name, in: 'query', required: false, description, schema: shape }
  }),
  responses: {
    200: answer('RejectedEvents', 'A page of them'),
    ...problemResponses([...BEFORE_READING, PROBLEMS['invalid-parameter']]),
  },
}

function answer(schemaName: string, description: string): object {
  return { description, content: { 'application/json': { schema: schemaRef(schemaName) } } }
}

function shortForm({ type, id, data }: { type: string; id: string; data: object }): object {
  return { type, id, data }
}
