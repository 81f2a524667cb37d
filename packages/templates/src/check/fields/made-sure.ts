import type { Expression, Path } from '../../language/tree.ts'
import { prefixesOf, writePath } from './resolve-path.ts'

/** The paths that cannot be missing when the condition has come out true, or when it has come out false. */
export function madeSure(condition: Expression, outcome: boolean): ReadonlySet<string> {
  switch (condition.type) {
    case 'path':
      // An empty list counts as false, so one that counts as true has a first entry.
      return outcome ? withEntries(condition, 1) : NOTHING
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
      if (outcome && condition.name === 'length') return entriesOf(condition, 1)
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
  if (left.type === 'filter' && left.name === 'length' && right.type === 'literal')
    return entriesOf(left, leastBy(operator, right.value))
  const compared = [left, right].filter((side) => side.type !== 'literal')
  // Two things that are both missing may count as equal.
  return compared.length === 1 && compared[0] !== undefined ? sources(compared[0]) : NOTHING
}

/** How many there are at least when the comparison is true. */
function leastBy(operator: string, value: unknown): number {
  if (typeof value !== 'number') return 0
  return operator === '>'
    ? Math.floor(value) + 1
    : operator === '<' || operator === '<='
      ? 0
      : Math.ceil(value)
}

function entriesOf({ input }: Extract<Expression, { type: 'filter' }>, count: number): ReadonlySet<string> {
  return input.type === 'path' && count > 0 ? withEntries(input, count) : sources(input)
}

/** The path and the first entries of the list it may be. Entries are numbered 0 to 99. */
function withEntries(path: Path, count: number): ReadonlySet<string> {
  const indexes = Array.from({ length: Math.min(count, 100) }, (_, index) => `${writePath(path)}[${index}]`)
  return new Set([...prefixesOf(path), ...indexes])
}

/** What must be there for the value to be there. */
function sources(value: Expression): ReadonlySet<string> {
  if (value.type === 'path') return new Set(prefixesOf(value))
  return value.type === 'filter' && value.filter.takesMissing !== true ? sources(value.input) : NOTHING
}
