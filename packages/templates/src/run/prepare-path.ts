import { spend } from '../filters/budget.ts'
import { readField } from '../filters/read-data.ts'
import type { Path } from '../language/tree.ts'
import type { Evaluate, RunningLoop, TemplateRun } from './template-run.ts'

/** The value of a path: of a loop's entry when one is called so, else of the data. */
export function preparePath({ root, keys }: Path): Evaluate {
  const steps = 1 + keys.length
  if (root === 'loop') {
    const [field] = keys
    return (run) => {
      spend(run.budget, steps)
      return run.loop === undefined ? undefined : loopField(run.loop, field)
    }
  }
  return (run) => {
    spend(run.budget, steps)
    let value = readRoot(root, run)
    for (const key of keys) {
      if (value === undefined) return undefined
      value = readField(value, key, run.budget)
    }
    return value
  }
}

function readRoot(root: string, run: TemplateRun): unknown {
  for (let { loop } = run; loop !== undefined; loop = loop.outer) {
    if (loop.variable === root) return loop.value
  }
  return readField(run.data, root, run.budget)
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
