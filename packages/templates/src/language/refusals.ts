import { FILTERS } from '../filters/all-filters.ts'
import type { ParserNode } from './parser-node.ts'
import { parserNode } from './parser-node.ts'

/** Why a node of nunjucks' tree is not taken over, and what to write instead. */
export function refusalOf(node: ParserNode): string {
  if (node.typename === 'FunCall') return callRefusal(node)
  return REFUSALS.get(node.typename) ?? 'This is not offered in templates.'
}

function callRefusal(node: ParserNode): string {
  const name = parserNode(node.field('name'))?.field('value')
  if (typeof name === 'string' && FILTERS.has(name))
    return `Templates cannot call functions. “${name}” is a filter and follows its value: order.number | ${name}.`
  return 'Templates cannot call functions.'
}

const CALCULATION = 'Templates do not calculate. Send the result as a field of the event.'

const REFUSALS: ReadonlyMap<string, string> = new Map([
  ['Add', 'Templates neither add nor join with “+”. Write texts next to each other: {{ a }}{{ b }}.'],
  ['Concat', 'Texts are joined by writing them next to each other: {{ a }}{{ b }}.'],
  ['Sub', CALCULATION],
  ['Mul', CALCULATION],
  ['Div', CALCULATION],
  ['FloorDiv', CALCULATION],
  ['Mod', CALCULATION],
  ['Pow', CALCULATION],
  ['Neg', CALCULATION],
  ['Pos', CALCULATION],
  [
    'In',
    'Templates do not search with “in”. Compare with each value: status == "paid" or status == "shipped".',
  ],
  ['Array', 'Templates cannot write lists. Name a field that is one.'],
  ['Dict', 'Templates cannot write groups of fields with { }.'],
  ['KeywordArgs', 'Values in the brackets of a filter have no names: truncate(40), not truncate(length=40).'],
])
