import { MESSAGE_STATUSES, PURPOSES } from '@postino/domain'
import { listSchema, problemShape } from '@postino/http'
import { z } from 'zod'

const messageId = z
  .string()
  .regex(/^[1-9]\d{0,18}$/)
  .meta({ description: 'Of the message', examples: ['81734'] })
const moment = z.iso.datetime().meta({ examples: ['2026-11-20T15:05:00.412Z'] })
const recipient = z
  .string()
  .meta({ description: 'The external_id of the person', examples: ['customer-2071'] })
const role = z
  .string()
  .meta({ description: 'The part the person plays in the event', examples: ['customer'] })
const eventId = z.string().meta({ examples: ['evt-20261120-0042'] })
const source = z.string().meta({ examples: ['https://shop.example'] })

export const acceptedEventSchema = z
  .strictObject({
    id: eventId,
    source,
    status: z.literal('accepted'),
    messages: z.array(z.strictObject({ id: messageId, recipient, role })),
  })
  .meta({
    id: 'AcceptedEvent',
    description: 'The event is durable. Each person it is for has a message, whose id shows its whole way.',
    examples: [
      {
        id: 'evt-20261120-0042',
        source: 'https://shop.example',
        status: 'accepted',
        messages: [{ id: '81734', recipient: 'customer-2071', role: 'customer' }],
      },
    ],
  })

export const acceptedBatchSchema = z.strictObject({ events: z.array(acceptedEventSchema) }).meta({
  id: 'AcceptedBatch',
  description: 'All events of the batch are durable; here they are in its order.',
})

const attemptSchema = z
  .strictObject({
    started_at: moment,
    ended_at: moment,
    outcome: z.string().meta({ examples: ['sent'] }),
    description: z.string().meta({ description: 'What Telegram said' }).optional(),
    retry_after_seconds: z.int().optional(),
  })
  .meta({ id: 'Attempt', description: 'One call to Telegram' })

export const messageTrailSchema = z
  .strictObject({
    id: messageId,
    event: z.strictObject({ id: eventId, source, type: z.string() }),
    recipient,
    role,
    state: z
      .string()
      .meta({ description: 'Chooses among the templates of a kind; empty where it has one text' }),
    purpose: z.enum(PURPOSES),
    lane: z.union([z.literal(0), z.literal(1), z.literal(2)]),
    status: z.enum(MESSAGE_STATUSES),
    reason: z
      .strictObject({ code: z.string(), text: z.string() })
      .meta({
        description: 'Why it ended so',
        examples: [{ code: 'not_registered', text: 'The recipient has …' }],
      })
      .optional(),
    detail: z.string().optional(),
    template: z
      .strictObject({
        id: z.string(),
        version: z.int(),
        state: z.string().optional(),
        locale: z.string().optional(),
      })
      .meta({
        description: 'The text it is rendered with, and for which state and in which language that is',
      })
      .optional(),
    is_test: z.literal(true).meta({ description: 'Whoever writes the template asked for it' }).optional(),
    superseded_by: messageId
      .meta({ description: 'The message about the same thing that took its place, or that of its resend' })
      .optional(),
    telegram_message_id: z.string().optional(),
    accepted_at: moment,
    queued_at: moment.optional(),
    due_at: moment.optional().meta({
      description:
        'When it is tried next, if it waits for a time. Of an accepted message: it is deferred until then, as it would come in quiet hours',
    }),
    claimed_at: moment.optional(),
    ended_at: moment.optional(),
    attempts: z.array(attemptSchema),
    presses: z
      .array(z.strictObject({ action: z.string(), pressed_at: moment }))
      .meta({ description: 'Of its buttons that report back' }),
  })
  .meta({
    id: 'MessageTrail',
    description: 'What has become of a message so far; what is not so (yet) is left out',
  })

export const eventTrailsSchema = z
  .strictObject({
    events: z
      .array(
        z
          .strictObject({
            id: eventId,
            source,
            type: z.string(),
            received_over: z.enum(['http', 'stream', 'postino']),
            accepted_at: moment,
            event: z.record(z.string(), z.unknown()).meta({
              description:
                'As it was recorded, times in UTC. Without `data`, and with `removed` (`retention`, `erasure`), once that was cleared away',
            }),
            messages: z.array(messageTrailSchema),
          })
          .meta({ id: 'EventTrail' }),
      )
      .min(1)
      .max(20),
  })
  .meta({ id: 'EventTrails', description: 'The event; several when several sources used the same id' })

export const rejectedEventsSchema = listSchema(
  'RejectedEvents',
  z
    .strictObject({
      id: z.string().meta({ description: 'Of the rejection' }),
      event_id: eventId.optional(),
      source: source.optional(),
      type: z.string().optional(),
      received_over: z.enum(['http', 'stream']),
      entry_id: z
        .string()
        .meta({ description: 'Of the entry in the stream', examples: ['1763827200000-0'] })
        .optional(),
      rejected_at: moment,
      errors: z
        .array(z.strictObject({ pointer: z.string(), code: z.string(), detail: z.string() }))
        .meta({ description: 'As they would have been told over HTTP' }),
    })
    .meta({
      id: 'RejectedEvent',
      description: 'An event that was not taken; its id, source and type as far as they could be read',
    }),
)

export const problemSchema = z
  .strictObject({
    ...problemShape,
    id: eventId.meta({ description: 'Of a conflict: the event’s id' }).optional(),
    source: source.meta({ description: 'Of a conflict: the event’s source' }).optional(),
    events: z
      .array(
        z.union([
          acceptedEventSchema,
          z.strictObject({ id: eventId, source, status: z.literal('conflict') }),
          z.strictObject({ status: z.literal('invalid') }),
        ]),
      )
      .meta({ description: 'Of a batch: what became of each of its events, in its order' })
      .optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' })
