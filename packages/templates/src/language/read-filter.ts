import { FILTERS } from '../filters/all-filters.ts'
import type { Filter, FilterArgument } from '../filters/filter.ts'
import { filterRefusal } from './filter-refusal.ts'
import type { ParserNode } from './parser-node.ts'
import { readLiteral } from './read-literal.ts'
import { TemplateError } from './template-error.ts'
import { nodeIn, nodesIn, quoteProblem, refused } from './walk.ts'

/** The one filter that is no filter: it gives markup, and the translation makes a part of its own of it. */
export const LINK = 'link'

/** A filter with its arguments; its input is for the caller to translate. */
export interface ReadFilter {
  name: string
  filter: Filter
  input: ParserNode
  arguments: FilterArgument[]
}

export function readFilter(node: ParserNode): ReadFilter {
  const name = filterNameOf(node)
  const filter = FILTERS.get(name)
  if (filter === undefined) throw new TemplateError(filterRefusal(name, LINK), node.place)
  const { input, filterArguments } = readArguments(node, name)
  const count = filterArguments.length
  if (count < filter.minArguments || count > filter.maxArguments)
    throw new TemplateError(`The filter “${name}” takes ${countOf(filter)}, not ${count}.`, node.place)
  return { name, filter, input, arguments: filterArguments }
}

/** `address | link("text")`, the last filter of what is printed. */
export function readLink(node: ParserNode): { input: ParserNode; text: string } {
  const { input, filterArguments } = readArguments(node, LINK)
  const [text] = filterArguments
  if (filterArguments.length !== 1 || typeof text !== 'string' || text.trim() === '')
    throw new TemplateError(
      'The filter “link” takes the text to show: order.url | link("Your order").',
      node.place,
    )
  return { input, text }
}

export function filterNameOf(node: ParserNode): string {
  const symbol = nodeIn(node, 'name')
  const name = symbol.field('value')
  if (symbol.typename !== 'Symbol' || typeof name !== 'string') throw refused(node)
  return name
}

function readArguments(
  node: ParserNode,
  name: string,
): { input: ParserNode; filterArguments: FilterArgument[] } {
  const list = nodeIn(node, 'args')
  const [input, ...given] = nodesIn(list)
  if (list.typename !== 'NodeList' || input === undefined) throw refused(node)
  const filterArguments = given.map((argument) => {
    if (argument.typename === 'KeywordArgs') throw refused(argument)
    if (argument.typename !== 'Literal')
      throw new TemplateError(
        quoteProblem(argument.field('value')) ??
          `The filter “${name}” takes only texts in quotes, numbers, true and false, no fields.`,
        node.place,
      )
    return readLiteral(argument)
  })
  return { input, filterArguments }
}

function countOf({ minArguments, maxArguments }: Filter): string {
  if (maxArguments === 0) return 'no values in brackets'
  const count = minArguments === maxArguments ? `${minArguments}` : `${minArguments} to ${maxArguments}`
  return `${count} ${maxArguments === 1 ? 'value' : 'values'} in brackets`
}
