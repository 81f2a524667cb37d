import type { ParserNode } from './parser-node.ts'
import type { Place } from './template-error.ts'
import { TemplateError } from './template-error.ts'
import type { Path } from './tree.ts'
import type { Walk } from './walk.ts'
import { nameOf, nodeIn, within } from './walk.ts'

const MAX_INDEX = 99

/** What templates may ask of the loop they stand in. */
const LOOP_FIELDS: readonly unknown[] = [
  'index',
  'index0',
  'revindex',
  'revindex0',
  'first',
  'last',
  'length',
]

/** `order.items[0].name` as a path; undefined for anything but names that follow each other. */
export function readPath(node: ParserNode, walk: Walk): Path | undefined {
  const keys: (string | number)[] = []
  let current = node
  for (; current.typename === 'LookupVal'; current = nodeIn(current, 'target')) {
    const lookup = current
    keys.push(within(walk, lookup, () => readKey(lookup)))
  }
  const { place } = current
  if (current.typename !== 'Symbol') {
    if (keys.length === 0) return undefined
    throw new TemplateError('Only fields have fields: order.number, order.items[0].name.', place)
  }
  const root = nameOf(current.field('value'), place)
  keys.reverse()
  if (root === 'loop') checkLoop(keys, place, walk)
  return within(walk, current, () => ({ type: 'path', root, keys, place }))
}

function readKey(node: ParserNode): string | number {
  const key = nodeIn(node, 'val')
  const value = key.field('value')
  if (key.typename !== 'Literal' || (typeof value !== 'string' && typeof value !== 'number'))
    throw new TemplateError(
      'In [ ] stands the number of an entry or the name of a field in quotes.',
      node.place,
    )
  if (typeof value === 'string') return nameOf(value, node.place)
  if (!Number.isInteger(value) || value < 0 || value > MAX_INDEX)
    throw new TemplateError(`The entries of a list are numbered 0 to ${MAX_INDEX}.`, node.place)
  return value
}

function checkLoop(keys: Path['keys'], place: Place, walk: Walk): void {
  if (walk.loops === 0) throw new TemplateError('“loop” is known inside of {% for %} only.', place)
  if (keys.length === 1 && LOOP_FIELDS.includes(keys[0])) return
  throw new TemplateError(
    `Of a loop there are: ${LOOP_FIELDS.map((field) => `loop.${String(field)}`).join(', ')}.`,
    place,
  )
}
