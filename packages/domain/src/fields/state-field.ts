import type { EventKind } from '../kind.ts'
import type { Field } from './field.ts'
import { fieldsOf } from './fields-of.ts'

const PATHS: Record<EventKind, string | undefined> = {
  'order.status_changed': 'order.status',
  'cart.abandoned': undefined,
  'message.created': undefined,
  'message.read': undefined,
  'activity.status_changed': 'activity.status',
  'activity.acknowledged': 'activity.status',
  'activity.due': 'activity.status',
  'file.uploaded': undefined,
  'file.accessed': 'action',
}

/**
 * The field whose state chooses among a kind's templates, as `stateOf` reads it from an event; undefined where a kind has none.
 * `fields` are those of the kind, for who has them already.
 */
export function stateFieldOf(kind: EventKind, fields: readonly Field[] = fieldsOf(kind)): Field | undefined {
  return fields.find(({ path }) => path === PATHS[kind])
}

/** Why events of this kind cannot have a state, for a sentence that begins with the state's name; undefined when they can. */
export function stateProblem(kind: EventKind, state: string): string | undefined {
  if (state === '') return undefined
  const states = stateFieldOf(kind)?.states
  if (states === undefined) return `must be left out: ${kind} has no states`
  if (states.isOpen || states.known.includes(state)) return undefined
  return `must be ${states.known.join(' or ')}, or left out`
}
