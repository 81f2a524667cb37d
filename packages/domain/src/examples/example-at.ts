import type { EventKind } from '../kind.ts'
import { TIME_FIELDS } from '../schema/time-window.ts'
import { EXAMPLES, type ExampleEvent } from './examples.ts'

/** The example of a kind as if it had just happened: all its times moved alike, so that it is `time` that is now. */
export function exampleAt<Kind extends EventKind>(kind: Kind, nowMs: number): ExampleEvent<Kind> {
  const example: ExampleEvent<Kind> = EXAMPLES[kind]
  const shiftMs = nowMs - Date.parse(example.time)
  return {
    ...example,
    time: new Date(nowMs).toISOString(),
    data: JSON.parse(JSON.stringify(example.data), (name, value: unknown) =>
      TIME_FIELDS.has(name) && typeof value === 'string'
        ? new Date(Date.parse(value) + shiftMs).toISOString()
        : value,
    ),
  }
}
