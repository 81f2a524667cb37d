import { spend } from '../filters/budget.ts'
import { readField } from '../filters/read-data.ts'
import type { Path } from '../language/tree.ts'
import type { RunningLoop, TemplateRun } from './template-run.ts'

/** The value of a path: of a loop's entry when one is called so, else of the data. */
export function readPath({ root, keys }: Path, run: TemplateRun): unknown {
  spend(run.budget, 1 + keys.length)
  if (root === 'loop') return run.loop === undefined ? undefined : loopField(run.loop, keys[0])
  const loop = run.loop === undefined ? undefined : loopCalled(root, run.loop)
  let value = loop === undefined ? readField(run.data, root, run.budget) : loop.value
  for (const key of keys) {
    if (value === undefined) return undefined
    value = readField(value, key, run.budget)
  }
  return value
}

function loopCalled(variable: string, innermost: RunningLoop): RunningLoop | undefined {
  for (let loop: RunningLoop | undefined = innermost; loop !== undefined; loop = loop.outer) {
    if (loop.variable === variable) return loop
  }
  return undefined
}

function loopField({ index, length }: RunningLoop, field: unknown): number | boolean | undefined {
  switch (field) {
    case 'index':
      return index + 1
    case 'index0':
      return index
    case 'revindex':
      return length - index
    case 'revindex0':
      return length - index - 1
    case 'first':
      return index === 0
    case 'last':
      return index === length - 1
    case 'length':
      return length
    default:
      return undefined
  }
}
