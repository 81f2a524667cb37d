import { isEventKind, type EventKind } from '../../kind.ts'
import { shortAttributes } from '../../schema/envelope.ts'
import { cloudEventSchema } from '../../schema/event.ts'
import { MAX_EVENT_BYTES, MAX_MEMBERS } from '../../schema/limits.ts'
import { withoutWireAttributes, type ShopEvent } from '../parse-event.ts'
import { isJsonObject, plainFields, writeFields, type PlainField } from './plain-fields.ts'

/** An event with its canonical JSON. */
export interface WrittenEvent {
  event: ShopEvent
  json: string
}

export interface PlainEventOptions {
  nowMs: number
  /** How many names of members stand in the text: more than its objects have when one stands there twice. */
  names: number
}

/** Written anew a number may be four times as long, a character three bytes: what is longer has to be measured. */
const MAX_CHARS = MAX_EVENT_BYTES / 4

/**
 * Reads the text of an event about which there is nothing to say, in less than half the time: checked, normalised and written in
 * one walk. Undefined when anything asks for a closer look, good or bad: a flaw, a form that is seldom. What it answers is
 * what `parseEvent` answers, and only that names what is wrong.
 */
export function readPlainEvent(json: string, { nowMs, names }: PlainEventOptions): WrittenEvent | undefined {
  if (json.length > MAX_CHARS) return undefined
  const sent = parseJson(json)
  if (!isJsonObject(sent)) return undefined
  const isStructured = Object.hasOwn(sent, 'specversion')
  const { type } = sent
  if (!isEventKind(type)) return undefined
  const hasSource = isStructured || sent['source'] !== undefined
  if (!hasSource) sent['source'] = '/'
  const reading = { nowMs, json, hasEscapes: json.includes('\\'), names: 0, members: 0 }
  const { cloudEvent, short } = FIELDS[type]
  const written = writeFields(reading, sent, isStructured ? cloudEvent : short)
  if (written === undefined || reading.members > MAX_MEMBERS) return undefined
  if (reading.names !== names + (hasSource ? 0 : 1)) return undefined
  // It has the fields of its kind's schema, each as that keeps it.
  return { event: withoutWireAttributes(sent as ReturnType<typeof cloudEventSchema.parse>), json: written }
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

const SHORT_NAMES = new Set(['id', 'type', 'data', ...Object.keys(shortAttributes)])
/** They say how the event was sent, and are checked alone. */
const WIRE_NAMES = new Set(['specversion', 'datacontenttype', 'dataschema', 'dataref', 'data_base64'])

/** By kind: the fields of a CloudEvent, and of a short form. */
const FIELDS = Object.fromEntries(
  cloudEventSchema.options.map(({ shape }) => {
    const cloudEvent = plainFields(shape, 1).map((field) => ({
      ...field,
      isKept: !WIRE_NAMES.has(field.name),
    }))
    return [shape.type.value, { cloudEvent, short: cloudEvent.filter(({ name }) => SHORT_NAMES.has(name)) }]
  }),
) as Record<EventKind, { cloudEvent: PlainField[]; short: PlainField[] }>
