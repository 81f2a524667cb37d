import type { Entity } from './shapes.ts'

/** A formatted text as a tree: plain pieces, and entities around pieces. */
export type Segment =
  | { kind: 'plain'; text: string }
  | { kind: 'entity'; entity: Entity; text: string; inside: Segment[] }

/**
 * Entities come sorted and properly nested from the server; one that is not (it begins inside another and ends outside)
 * is cut at the end of the one around it, so that any input can be shown.
 */
export function segmentText(text: string, entities: readonly Entity[]): Segment[] {
  const sorted = entities.toSorted((left, right) => left.offset - right.offset || right.length - left.length)
  return segmentRange(text, sorted, { begin: 0, end: text.length })
}

function segmentRange(
  text: string,
  entities: readonly Entity[],
  range: { begin: number; end: number },
): Segment[] {
  const segments: Segment[] = []
  let position = range.begin
  let index = 0
  for (let entity = entities[index]; entity !== undefined; entity = entities[index]) {
    const begin = Math.max(entity.offset, position)
    const end = Math.min(entity.offset + entity.length, range.end)
    index++
    if (begin >= end) continue
    if (begin > position) segments.push({ kind: 'plain', text: text.slice(position, begin) })
    const next = entities.findIndex((other, at) => at >= index && other.offset >= end)
    const inner = entities.slice(index, next < 0 ? entities.length : next)
    const inside = segmentRange(text, inner, { begin, end })
    segments.push({ kind: 'entity', entity, text: text.slice(begin, end), inside })
    index += inner.length
    position = end
  }
  if (position < range.end) segments.push({ kind: 'plain', text: text.slice(position, range.end) })
  return segments
}
