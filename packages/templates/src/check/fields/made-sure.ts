import type { Expression } from '../../language/tree.ts'
import { prefixesOf } from './resolve-path.ts'

/** The paths that cannot be missing when the condition has come out true, or when it has come out false. */
export function madeSure(condition: Expression, outcome: boolean): ReadonlySet<string> {
  switch (condition.type) {
    case 'path':
      return new Set(outcome ? prefixesOf(condition) : [])
    case 'is_defined':
      return condition.negated === outcome ? NOTHING : sources(condition.value)
    case 'not':
      return madeSure(condition.value, !outcome)
    case 'and':
    case 'or': {
      const [left, right] = [madeSure(condition.left, outcome), madeSure(condition.right, outcome)]
      return (condition.type === 'and') === outcome ? left.union(right) : left.intersection(right)
    }
    case 'compare':
      return sureByComparison(condition, outcome)
    case 'filter':
      // A filter gives nothing for what is missing, but for default, whose substitute may well count as true.
      return outcome && !(condition.filter.takesMissing === true && condition.arguments.some(Boolean))
        ? madeSure(condition.input, true)
        : NOTHING
    case 'literal':
    case 'choose':
      return NOTHING
  }
}

const NOTHING: ReadonlySet<string> = new Set()

/** What is missing equals no text and no number, and is neither greater nor smaller than one. */
function sureByComparison(
  { operator, left, right }: Extract<Expression, { type: 'compare' }>,
  outcome: boolean,
): ReadonlySet<string> {
  const isNone = (side: Expression) => side.type === 'literal' && side.value === null
  if (isNone(left) || isNone(right)) {
    const saysThere = (operator === '!=' && outcome) || (operator === '==' && !outcome)
    return saysThere ? sources(left).union(sources(right)) : NOTHING
  }
  if ((operator === '!=') === outcome) return NOTHING
  const compared = [left, right].filter((side) => side.type !== 'literal')
  // Two things that are both missing may count as equal.
  return compared.length === 1 && compared[0] !== undefined ? sources(compared[0]) : NOTHING
}

/** What must be there for the value to be there. */
function sources(value: Expression): ReadonlySet<string> {
  if (value.type === 'path') return new Set(prefixesOf(value))
  return value.type === 'filter' && value.filter.takesMissing !== true ? sources(value.input) : NOTHING
}
