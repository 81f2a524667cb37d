import { z } from 'zod'
import { EXAMPLES } from '../examples/examples.ts'
import { EVENT_KINDS, KIND_RULES, type EventKind } from '../kind.ts'
import { cloudEventAttributes, eventId, extensionSchema, shortAttributes } from './envelope.ts'
import { EVENT_DATA_SCHEMAS, schemaName } from './event-data.ts'
import { MAX_BATCH_EVENTS } from './limits.ts'

const TYPE_DESCRIPTION = 'The kind of event'

/** A CloudEvent without extensions of its own: what parseEvent checks, once it has set those aside. */
export const cloudEventSchema = z.discriminatedUnion('type', [
  cloudEvent('order.status_changed'),
  cloudEvent('cart.abandoned'),
  cloudEvent('message.created'),
  cloudEvent('message.read'),
  cloudEvent('activity.status_changed'),
  cloudEvent('activity.acknowledged'),
  cloudEvent('activity.due'),
  cloudEvent('file.uploaded'),
  cloudEvent('file.accessed'),
])

/** The envelope alone, for events whose kind is unknown. */
export const envelopeSchema = z.strictObject({
  ...cloudEventAttributes,
  id: eventId,
  type: z.string().meta({ description: TYPE_DESCRIPTION }),
  data: z.unknown(),
})

/** The fields of one kind's event, to describe what is wrong with them. */
export function schemaOfKind(kind: EventKind): z.ZodType {
  return cloudEventSchema.options.find((option) => option.shape.type.value === kind) ?? envelopeSchema
}

/** The structured form as it is documented: any extension attribute beside the known ones. */
export const structuredEventSchema = z
  .union(EVENT_KINDS.map((kind) => structuredEvent(kind)))
  .meta({ id: 'CloudEvent', description: 'An event as CloudEvents 1.0', examples: Object.values(EXAMPLES) })

/** The short form: the same event without the envelope's ceremony. */
export const shortEventSchema = z.union(EVENT_KINDS.map((kind) => shortEvent(kind))).meta({
  id: 'ShortEvent',
  description: 'An event in the short form; its source is "/" unless it names one',
  examples: Object.values(EXAMPLES).map(shortExample),
})

export const eventBatchSchema = z
  .array(z.union([structuredEventSchema, shortEventSchema]))
  .min(1)
  .max(MAX_BATCH_EVENTS)
  .meta({ id: 'EventBatch', description: 'Events, oldest first', examples: [Object.values(EXAMPLES)] })

function cloudEvent<Kind extends EventKind>(kind: Kind) {
  return z.strictObject({
    ...cloudEventAttributes,
    id: eventId,
    type: z.literal(kind).meta({ description: TYPE_DESCRIPTION }),
    data: EVENT_DATA_SCHEMAS[kind],
  })
}

function structuredEvent(kind: EventKind) {
  return cloudEvent(kind)
    .catchall(extensionSchema)
    .meta({
      id: `${schemaName(kind)}CloudEvent`,
      description: KIND_RULES[kind].description,
      examples: [EXAMPLES[kind]],
    })
}

function shortEvent(kind: EventKind) {
  return z
    .strictObject({ ...shortAttributes, id: eventId, type: z.literal(kind), data: EVENT_DATA_SCHEMAS[kind] })
    .meta({
      id: `${schemaName(kind)}ShortEvent`,
      description: KIND_RULES[kind].description,
      examples: [shortExample(EXAMPLES[kind])],
    })
}

function shortExample({ type, id, data }: { type: string; id: string; data: object }) {
  return { type, id, data }
}
