import type { EventKind } from '../kind.ts'
import { EXAMPLES } from '../examples/examples.ts'

/** The example of a kind with one value put at a pointer; undefined takes away what stands there. For tests. */
export function changedExample(kind: EventKind, pointer: string, value: unknown): object {
  const event: object = structuredClone(EXAMPLES[kind])
  const steps = pointer.split('/').slice(1)
  let target: unknown = event
  for (const step of steps.slice(0, -1)) target = Object(target)[step]
  Object.defineProperty(target, steps.at(-1) ?? '', {
    value,
    enumerable: value !== undefined,
    configurable: true,
    writable: true,
  })
  return event
}
