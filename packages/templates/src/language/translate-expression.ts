import type { ParserNode } from './parser-node.ts'
import { filterNameOf, LINK, readFilter } from './read-filter.ts'
import { readLiteral } from './read-literal.ts'
import { readPath } from './read-path.ts'
import { TemplateError } from './template-error.ts'
import type { Compare, Expression } from './tree.ts'
import type { Walk } from './walk.ts'
import { nodeIn, nodesIn, refused, within } from './walk.ts'

/** Translates what stands in `{{ … }}` or as a condition, refusing by default. */
export function translateExpression(node: ParserNode, walk: Walk): Expression {
  return readPath(node, walk) ?? within(walk, node, () => translate(node, walk))
}

function translate(node: ParserNode, walk: Walk): Expression {
  const { place } = node
  const inner = (field: string): Expression => translateExpression(nodeIn(node, field), walk)
  switch (node.typename) {
    case 'Literal':
      return { type: 'literal', value: readLiteral(node), place }
    case 'Group':
      return translateGroup(node, walk)
    case 'Filter':
      return translateFilter(node, walk)
    case 'And':
      return { type: 'and', left: inner('left'), right: inner('right'), place }
    case 'Or':
      return { type: 'or', left: inner('left'), right: inner('right'), place }
    case 'Not':
      // Some would read `not a == b` as `(not a) == b`.
      if (nodeIn(node, 'target').typename === 'Compare')
        throw new TemplateError(
          'Write a != b instead of not a == b, or put the comparison into brackets: not (a == b).',
          place,
        )
      return { type: 'not', value: inner('target'), place }
    case 'Is':
      return { type: 'is_defined', value: inner('left'), negated: isNegated(node), place }
    case 'InlineIf': {
      const otherwise = node.field('else_') === null ? undefined : inner('else_')
      return { type: 'choose', condition: inner('cond'), whenTrue: inner('body'), otherwise, place }
    }
    case 'Compare':
      return translateCompare(node, walk)
    default:
      throw refused(node)
  }
}

function translateGroup(node: ParserNode, walk: Walk): Expression {
  const [child, ...more] = nodesIn(node)
  if (child === undefined || more.length > 0)
    throw new TemplateError('Round brackets hold one condition or value.', node.place)
  return translateExpression(child, walk)
}

function translateFilter(node: ParserNode, walk: Walk): Expression {
  if (filterNameOf(node) === LINK)
    throw new TemplateError(
      'The filter “link” gives a link, which no other filter or condition can use: it is the last one in {{ … }}.',
      node.place,
    )
  const { input, ...filter } = readFilter(node)
  return { type: 'filter', ...filter, input: translateExpression(input, walk), place: node.place }
}

/** `is defined` or `is undefined`. */
function isNegated(node: ParserNode): boolean {
  const test = nodeIn(node, 'right')
  const name = test.typename === 'Symbol' ? test.field('value') : undefined
  if (name === 'defined' || name === 'undefined') return name === 'undefined'
  throw new TemplateError('After “is” stands defined or undefined. Values are compared with ==.', node.place)
}

const OPERATORS: ReadonlyMap<unknown, Compare['operator']> = new Map([
  ['==', '=='],
  ['===', '=='],
  ['!=', '!='],
  ['!==', '!='],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
])

function translateCompare(node: ParserNode, walk: Walk): Expression {
  const [operand, ...more] = nodesIn(node, 'ops')
  const operator = OPERATORS.get(operand?.field('type'))
  if (operand?.typename !== 'CompareOperand' || operator === undefined) throw refused(node)
  if (more.length > 0)
    throw new TemplateError('A comparison has two sides. Write two of them with “and” between.', node.place)
  const left = translateExpression(nodeIn(node, 'expr'), walk)
  const right = translateExpression(nodeIn(operand, 'expr'), walk)
  return { type: 'compare', operator, left, right, place: node.place }
}
