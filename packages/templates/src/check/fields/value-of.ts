import type { Choose, Compare, Expression, Filtered, Literal, Path } from '../../language/tree.ts'
import { ANYTHING, UNKNOWN, type FieldNode } from './catalogue.ts'
import { FILTER_TYPES } from './filter-types.ts'
import { madeSure } from './made-sure.ts'
import type { Observation, Value, ValueKind } from './observation.ts'
import { resolvePath, writePath } from './resolve-path.ts'
import { withPresent, type Scope } from './scope.ts'

export type Observe = (observation: Observation) => void

/** What is known of a value here; tells on the way what it is made of. */
export function valueOf(expression: Expression, scope: Scope, tell: Observe): Value {
  switch (expression.type) {
    case 'path':
      return valueOfPath(expression, scope, tell)
    case 'literal':
      return { expression, kinds: [{ node: nodeOfLiteral(expression) }], lacking: [] }
    case 'filter':
      return valueOfFilter(expression, scope, tell)
    case 'choose':
      return valueOfChoice(expression, scope, tell)
    case 'and':
    case 'or':
      return valueOfBoth(expression, scope, tell)
    case 'compare':
      return valueOfComparison(expression, scope, tell)
    case 'not':
    case 'is_defined':
      valueOf(expression.value, scope, tell)
      return { expression, kinds: [{ node: YES_NO }], lacking: [] }
  }
}

function valueOfPath(path: Path, scope: Scope, tell: Observe): Value {
  const resolution = resolvePath(path, scope)
  if (resolution.status === 'unknown') {
    tell({ type: 'broken_path', path, broken: resolution.broken, scope })
    return { expression: path, kinds: [{ node: UNKNOWN }], lacking: [] }
  }
  const { node, lacking } = resolution
  return {
    expression: path,
    kinds: [{ node, path: writePath(path) }],
    lacking: lacking === undefined ? [] : [{ path: writePath(path), because: lacking }],
  }
}

function valueOfFilter(filter: Filtered, scope: Scope, tell: Observe): Value {
  const input = valueOf(filter.input, scope, tell)
  tell({ type: 'filter', filter, input, scope })
  if (filter.filter.takesMissing !== true) {
    return { expression: filter, kinds: resultsOf(filter, input), lacking: input.lacking }
  }
  const [substitute = null] = filter.arguments
  if (substitute === null) return { ...input, expression: filter }
  const kind: ValueKind = { node: plain(typeOfLiteral(substitute)), isSubstitute: true }
  return {
    expression: filter,
    kinds: input.lacking.length === 0 ? input.kinds : [...input.kinds, kind],
    lacking: [],
  }
}

function resultsOf({ name }: Filtered, input: Value): ValueKind[] {
  const given = FILTER_TYPES.get(name)?.gives
  if (given === undefined) return [{ node: ANYTHING }]
  const isOneOfList = name === 'first' || name === 'last'
  return input.kinds.map(({ node }) => ({
    node: isOneOfList && node.type === 'list' ? (node.entry ?? ANYTHING) : plain(given),
  }))
}

function valueOfChoice(choose: Choose, scope: Scope, tell: Observe): Value {
  const { condition, whenTrue, otherwise } = choose
  valueOf(condition, scope, tell)
  const chosen = valueOf(whenTrue, withPresent(scope, madeSure(condition, true)), tell)
  if (otherwise === undefined) return { ...chosen, expression: choose }
  const other = valueOf(otherwise, withPresent(scope, madeSure(condition, false)), tell)
  return eitherOf(choose, chosen, other)
}

/** The right side is looked at only when the left one has not decided. */
function valueOfBoth(both: Extract<Expression, { type: 'and' | 'or' }>, scope: Scope, tell: Observe): Value {
  const left = valueOf(both.left, scope, tell)
  const right = valueOf(both.right, withPresent(scope, madeSure(both.left, both.type === 'and')), tell)
  // `a or b` is a only where a is there.
  return eitherOf(both, both.type === 'or' ? { ...left, lacking: [] } : left, right)
}

function valueOfComparison(compare: Compare, scope: Scope, tell: Observe): Value {
  const left = valueOf(compare.left, scope, tell)
  const right = valueOf(compare.right, scope, tell)
  tell({ type: 'compare', compare, left, right })
  return { expression: compare, kinds: [{ node: YES_NO }], lacking: [] }
}

function eitherOf(expression: Expression, one: Value, other: Value): Value {
  return {
    expression,
    kinds: [...one.kinds, ...other.kinds],
    lacking: [...one.lacking, ...other.lacking],
  }
}

function plain(type: FieldNode['type']): FieldNode {
  return { type, isOptional: false, members: new Map() }
}

const YES_NO = plain('yes_no')

function nodeOfLiteral({ value }: Literal): FieldNode {
  return value === null ? ANYTHING : plain(typeOfLiteral(value))
}

function typeOfLiteral(value: string | number | boolean): FieldNode['type'] {
  if (typeof value === 'string') return 'text'
  return typeof value === 'number' ? 'number' : 'yes_no'
}
