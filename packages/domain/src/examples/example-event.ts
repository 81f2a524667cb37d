import assert from 'node:assert/strict'
import { parseEvent, type ShopEvent } from '../event/parse-event.ts'
import { stateFieldOf } from '../fields/state-field.ts'
import type { EventKind } from '../kind.ts'
import { exampleAt } from './example-at.ts'

/** The example of a kind as if it had just happened, in a state; an empty one: in that of the example. */
export function exampleEvent({
  kind,
  state,
  nowMs,
}: {
  kind: EventKind
  state: string
  nowMs: number
}): ShopEvent {
  const example = exampleAt(kind, nowMs)
  const path = state === '' ? undefined : stateFieldOf(kind)?.path
  const input =
    path === undefined ? example : { ...example, data: withValue(example.data, path.split('.'), state) }
  const parsed = parseEvent(input, { nowMs })
  assert(parsed.status === 'valid', 'examples are valid, in whatever state')
  return parsed.event
}

function withValue(group: Record<string, unknown>, path: string[], value: string): Record<string, unknown> {
  const [name = '', ...rest] = path
  return {
    ...group,
    [name]: rest.length === 0 ? value : withValue(Object(group[name]), rest, value),
  }
}
