import { FILTERS } from '../filters/all-filters.ts'
import type { TreeNode } from './nunjucks-internals.ts'
import { checkName, depthBelow, problem, refused } from './syntax-problem.ts'

/** Allows what may stand in `{{ … }}` or as a condition, refusing by default. */
export function checkExpression(node: TreeNode, depth: number): void {
  const inner = depthBelow(node, depth)
  switch (node.typename) {
    case 'Literal':
      return checkLiteral(node)
    case 'Symbol':
      return checkName(node, node.value)
    case 'LookupVal':
      return checkLookup(node, inner)
    case 'Group':
      if (node.children.length !== 1) throw problem(node, 'brackets hold one expression')
      for (const child of node.children) checkExpression(child, inner)
      return
    case 'InlineIf':
      for (const part of [node.cond, node.body, node.else_]) if (part !== null) checkExpression(part, inner)
      return
    case 'Filter':
      return checkFilter(node, inner)
    case 'Is':
      return checkIs(node, inner)
    case 'And':
    case 'Or':
      checkExpression(node.left, inner)
      checkExpression(node.right, inner)
      return
    case 'Not':
      // Compiled nunjucks would read `not a == b` as `(not a) == b`, against its own grammar.
      if (node.target.typename === 'Compare')
        throw problem(node, 'put the comparison after "not" into brackets')
      return checkExpression(node.target, inner)
    case 'Compare':
      if (node.ops.length !== 1) throw problem(node, 'a comparison has two sides')
      for (const side of [node.expr, ...node.ops.map((op) => op.expr)]) checkExpression(side, inner)
      return
    case 'Root':
    case 'NodeList':
    case 'Output':
    case 'TemplateData':
    case 'If':
    case 'For':
    default:
      throw refused(node)
  }
}

function checkLiteral(node: Extract<TreeNode, { value: unknown }>): void {
  const { value } = node
  const isNumber = typeof value === 'number' && Number.isFinite(value)
  if (value === null || isNumber || typeof value === 'string' || typeof value === 'boolean') return
  throw problem(node, 'only texts, numbers, true, false and none can be written out')
}

function checkLookup(node: Extract<TreeNode, { typename: 'LookupVal' }>, depth: number): void {
  const { target, val } = node
  if (target.typename !== 'Symbol' && target.typename !== 'LookupVal')
    throw problem(node, 'only fields have fields')
  if (val.typename !== 'Literal') throw problem(node, 'a field is named by a literal name or a number')
  const { value } = val
  if (typeof value === 'number') {
    if (!Number.isInteger(value) || value < 0 || value > 99)
      throw problem(node, 'entries are numbered 0 to 99')
  } else checkName(node, value)
  checkExpression(target, depth)
}

function checkFilter(node: Extract<TreeNode, { typename: 'Filter' }>, depth: number): void {
  const name = node.name.typename === 'Symbol' ? node.name.value : undefined
  const filter = typeof name === 'string' ? FILTERS.get(name) : undefined
  if (filter === undefined) throw problem(node, `there is no filter called ${String(name)}`)
  const [input, ...filterArguments] = node.args.children
  if (input === undefined) throw refused(node)
  checkExpression(input, depth)
  const count = filterArguments.length
  if (count < filter.minArguments || count > filter.maxArguments) {
    throw problem(node, `the filter ${String(name)} takes ${argumentCount(filter)}, not ${count}`)
  }
  for (const argument of filterArguments) {
    if (argument.typename !== 'Literal')
      throw problem(node, `the filter ${String(name)} takes only literal values`)
    checkLiteral(argument)
  }
}

function argumentCount({
  minArguments,
  maxArguments,
}: {
  minArguments: number
  maxArguments: number
}): string {
  const count = minArguments === maxArguments ? `${minArguments}` : `${minArguments} to ${maxArguments}`
  return `${count} ${maxArguments === 1 ? 'value' : 'values'} in brackets`
}

function checkIs(node: Extract<TreeNode, { typename: 'Is' | 'And' | 'Or' }>, depth: number): void {
  const { right } = node
  const test = right.typename === 'Symbol' ? right.value : undefined
  if (test !== 'defined' && test !== 'undefined')
    throw problem(node, '"is" is followed by defined or undefined')
  checkExpression(node.left, depth)
}
