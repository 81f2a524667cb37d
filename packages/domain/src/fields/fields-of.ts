import { EXAMPLES } from '../examples/examples.ts'
import type { EventKind } from '../kind.ts'
import { EVENT_DATA_SCHEMAS } from '../schema/event-data.ts'
import { contextExample, contextParts } from './context-parts.ts'
import type { Field, HiddenField } from './field.ts'
import { readGroup, type FieldsRead } from './read-schema.ts'

/**
 * Everything a template of this kind may read, each group before its own fields: what the event carries, who reads the
 * message and whose it is. Made of the schemas the events are checked by, so that nothing is described twice.
 */
export function fieldsOf(kind: EventKind): Field[] {
  const context = readGroup(contextParts, { path: '', isSure: true, example: contextExample(kind) })
  return [...read(kind).fields, ...context.fields]
}

/** What the events of this kind carry and a template may not read. */
export function hiddenFieldsOf(kind: EventKind): HiddenField[] {
  return read(kind).hidden
}

function read(kind: EventKind): FieldsRead {
  return readGroup(EVENT_DATA_SCHEMAS[kind].shape, { path: '', isSure: true, example: EXAMPLES[kind].data })
}
