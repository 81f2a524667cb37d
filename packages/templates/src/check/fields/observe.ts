import type { Block, ForPart, IfPart, Part } from '../../language/tree.ts'
import { UNKNOWN, type Catalogue, type FieldNode } from './catalogue.ts'
import { madeSure } from './made-sure.ts'
import type { Observation, Value } from './observation.ts'
import { withPresent, withVariable, type Scope } from './scope.ts'
import { valueOf, type Observe } from './value-of.ts'

/**
 * Goes once through a template and tells what it reads, prints, compares and loops over, with what is known of each value: its
 * type, and whether it may be missing there. The rules judge it.
 */
export function observe(block: Block, catalogue: Catalogue): Observation[] {
  const observations: Observation[] = []
  const scope: Scope = {
    catalogue,
    variables: new Map(),
    present: new Set(),
    loopNames: new Set(loopNamesIn(block)),
  }
  observeBlock(block, scope, (observation) => observations.push(observation))
  return observations
}

function observeBlock(block: Block, scope: Scope, tell: Observe): void {
  for (const part of block) observePart(part, scope, tell)
}

function observePart(part: Part, scope: Scope, tell: Observe): void {
  switch (part.type) {
    case 'markup':
      return
    case 'print':
      return tell({ type: 'print', part, value: valueOf(part.value, scope, tell) })
    case 'link':
      return tell({ type: 'print', part, value: valueOf(part.address, scope, tell) })
    case 'if':
      return observeIf(part, scope, tell)
    case 'for':
      return observeLoop(part, scope, tell)
  }
}

function observeIf({ branches, otherwise }: IfPart, outer: Scope, tell: Observe): void {
  let scope = outer
  for (const { condition, body } of branches) {
    valueOf(condition, scope, tell)
    observeBlock(body, withPresent(scope, madeSure(condition, true)), tell)
    scope = withPresent(scope, madeSure(condition, false))
  }
  observeBlock(otherwise, scope, tell)
}

function observeLoop(part: ForPart, scope: Scope, tell: Observe): void {
  const list = valueOf(part.list, scope, tell)
  tell({ type: 'loop', part, value: list, scope })
  const running = withPresent(scope, madeSure(part.list, true))
  observeBlock(part.body, withVariable(running, part.variable, entryOf(list)), tell)
  observeBlock(part.otherwise, scope, tell)
}

function entryOf({ kinds: [kind] }: Value): FieldNode {
  const { entry, type } = kind?.node ?? UNKNOWN
  return entry ?? (type === 'anything' && kind !== undefined ? kind.node : UNKNOWN)
}

function loopNamesIn(block: Block): string[] {
  return block.flatMap((part) => {
    if (part.type === 'for') return [part.variable, ...loopNamesIn(part.body), ...loopNamesIn(part.otherwise)]
    if (part.type !== 'if') return []
    return [...part.branches.flatMap(({ body }) => loopNamesIn(body)), ...loopNamesIn(part.otherwise)]
  })
}
