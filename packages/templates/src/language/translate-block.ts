import { describeExpression } from './describe-expression.ts'
import type { ParserNode } from './parser-node.ts'
import { parserNode } from './parser-node.ts'
import { indexAt, placeAfter } from './place-at.ts'
import { TemplateError } from './template-error.ts'
import { translateExpression } from './translate-expression.ts'
import { filterNameOf, LINK, readLink } from './read-filter.ts'
import { readPath } from './read-path.ts'
import type { Block, ForPart, IfPart, MarkupPart, Part } from './tree.ts'
import type { Walk } from './walk.ts'
import { nameOf, nodeIn, nodesIn, refused, within } from './walk.ts'

const MAX_LOOPS = 2

/** Translates a list of statements. */
export function translateBlock(list: ParserNode, walk: Walk): Block {
  if (list.typename !== 'Root' && list.typename !== 'NodeList') throw refused(list)
  return within(walk, list, () => nodesIn(list).flatMap((node) => translateStatement(node, walk)))
}

function translateStatement(node: ParserNode, walk: Walk): readonly Part[] {
  if (node.typename === 'Output') return nodesIn(node).flatMap((child) => translateOutput(child, node, walk))
  if (node.typename === 'If') return [within(walk, node, () => translateIf(node, walk))]
  if (node.typename === 'For') return [within(walk, node, () => translateFor(node, walk))]
  throw refused(node)
}

function translateOutput(child: ParserNode, { place }: ParserNode, walk: Walk): readonly Part[] {
  if (child.typename === 'TemplateData') return translateMarkup(child, walk)
  if (child.typename === 'Filter' && filterNameOf(child) === LINK) {
    const { input, text } = readLink(child)
    const address = within(walk, child, () => translateExpression(input, walk))
    return [{ type: 'link', address, text, name: describeExpression(address), place }]
  }
  const value = translateExpression(child, walk)
  return [{ type: 'print', value, name: describeExpression(value), place }]
}

function translateMarkup(node: ParserNode, walk: Walk): readonly MarkupPart[] {
  const text = node.field('value')
  if (typeof text !== 'string') throw refused(node)
  if (text === '') return []
  // The parser names the place before it takes blanks away (`-%}`), and before the end of `{% raw %}`.
  const named = indexAt(walk.lineStarts, node.place)
  const index = walk.source.indexOf(text, named)
  const place = placeAfter(node.place, walk.source.slice(named, Math.max(named, index)))
  return within(walk, node, () => [{ type: 'markup', source: text, place }])
}

/** `elif` is an If in the place of `else`: a chain of them is one part of our tree. */
function translateIf(node: ParserNode, walk: Walk): IfPart {
  const branches: IfPart['branches'][number][] = []
  for (let current = node; ;) {
    const condition = translateExpression(nodeIn(current, 'cond'), walk)
    branches.push({ condition, body: translateBlock(nodeIn(current, 'body'), walk) })
    const next = current.field('else_')
    const otherwise = parserNode(next)
    if (otherwise === undefined && next !== null) throw refused(current)
    if (otherwise?.typename !== 'If') {
      const last = otherwise === undefined ? [] : translateBlock(otherwise, walk)
      return { type: 'if', branches, otherwise: last, place: node.place }
    }
    current = otherwise
  }
}

function translateFor(node: ParserNode, walk: Walk): ForPart {
  if (walk.loops === MAX_LOOPS)
    throw new TemplateError('A loop may stand inside one other loop, not deeper.', node.place)
  const list = readPath(nodeIn(node, 'arr'), walk)
  if (list === undefined || list.root === 'loop')
    throw new TemplateError(
      'A loop runs over a field that is a list: {% for item in order.items %}.',
      node.place,
    )
  const variable = readVariable(nodeIn(node, 'name'))
  const next = node.field('else_')
  const otherwise = parserNode(next)
  if (otherwise === undefined && next !== null) throw refused(node)
  walk.loops += 1
  const body = translateBlock(nodeIn(node, 'body'), walk)
  walk.loops -= 1
  const last = otherwise === undefined ? [] : translateBlock(otherwise, walk)
  return { type: 'for', variable, list, body, otherwise: last, place: node.place }
}

function readVariable(node: ParserNode): string {
  if (node.typename !== 'Symbol')
    throw new TemplateError(
      'A loop has one name: {% for item in order.items %}. What an entry holds is written item.name.',
      node.place,
    )
  const name = nameOf(node.field('value'), node.place)
  if (name === 'loop') throw new TemplateError('The entry of a loop cannot be called “loop”.', node.place)
  return name
}
