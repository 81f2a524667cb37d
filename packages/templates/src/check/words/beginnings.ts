import type { Block, MarkupPart, Part } from '../../language/tree.ts'

/** What an address begins with, in every branch, when it begins with the author's own words. */
export function beginnings(block: Block): MarkupPart[] {
  const [first, ...rest] = block
  if (first === undefined) return []
  if (first.type === 'markup') return first.source.trim() === '' ? beginnings(rest) : [first]
  return bodiesOf(first).flatMap(beginnings)
}

function bodiesOf(part: Part): Block[] {
  if (part.type === 'if') return [...part.branches.map(({ body }) => body), part.otherwise]
  return part.type === 'for' ? [part.body, part.otherwise] : []
}
