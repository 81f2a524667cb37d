import {
  compareEntities,
  entityEnd,
  isPreformatted,
  SPLITTABLE_TYPES,
  type MessageEntity,
  type SplittableEntity,
  type SplittableType,
} from './entity.ts'

/**
 * Cuts bold, italic and the like where other entities begin and end, joins what overlaps or touches, and drops
 * what lies inside preformatted text. `others` are sorted and properly nested.
 */
export function splitEntities(splittable: SplittableEntity[], others: MessageEntity[]): MessageEntity[] {
  const pieces: MessageEntity[] = []
  const open: MessageEntity[] = []
  const addPieces = createPieceMaker(splittable, pieces)

  function cutAt(offset: number): void {
    for (let inner = open.at(-1); inner !== undefined && offset >= entityEnd(inner); inner = open.at(-1)) {
      const sizeBefore = pieces.length
      addPieces(entityEnd(inner))
      if (isPreformatted(inner)) pieces.length = sizeBefore
      open.pop()
    }
    addPieces(offset)
  }

  for (const other of others) {
    cutAt(other.offset)
    open.push(other)
  }
  cutAt(Number.POSITIVE_INFINITY)
  return pieces.sort(compareEntities)
}

type Stretch = { begin: number; end: number }

/** Returns a function that appends to `pieces` all that lies before an offset; offsets must rise from call to call. */
function createPieceMaker(
  splittable: SplittableEntity[],
  pieces: MessageEntity[],
): (endOffset: number) => void {
  const current = new Map<SplittableType, Stretch>()
  let next = 0

  function flush(offset: number): void {
    for (const type of SPLITTABLE_TYPES) {
      const stretch = current.get(type)
      if (stretch === undefined || stretch.begin >= offset) continue
      const end = Math.min(stretch.end, offset)
      pieces.push({ offset: stretch.begin, length: end - stretch.begin, type })
      if (stretch.end <= offset) current.delete(type)
      else stretch.begin = offset
    }
  }

  return (endOffset) => {
    for (
      let entity = splittable[next];
      entity !== undefined && entity.offset < endOffset;
      entity = splittable[next]
    ) {
      const stretch = current.get(entity.type)
      if (stretch !== undefined && entity.offset <= stretch.end) {
        stretch.end = Math.max(stretch.end, entityEnd(entity))
      } else {
        flush(entity.offset)
        current.set(entity.type, { begin: entity.offset, end: entityEnd(entity) })
      }
      next++
    }
    flush(endOffset)
  }
}
