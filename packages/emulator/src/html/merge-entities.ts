import {
  compareEntities,
  entityEnd,
  isBlockquote,
  isSplittable,
  type MessageEntity,
  type SplittableEntity,
} from './entity.ts'
import { splitEntities } from './split-entities.ts'

/**
 * Brings entities into the form Telegram keeps: sorted, links and code not inside each other, quotations neither
 * nested nor crossed, bold and the like cut and joined so that everything nests.
 */
export function fixEntities(entities: MessageEntity[]): MessageEntity[] {
  if (entities.length <= 1) return entities
  const groups = groupEntities(entities)
  const quotes = dropIntersecting(groups.blockquotes)
  const rest = dropCrossingQuotes(dropIntersecting(groups.rest), quotes)
  return combine(groups.splittable, [...rest, ...quotes])
}

/** Adds entities found in the text itself, where no entity of the sender's stands already. Both are fixed. */
export function addFoundEntities(entities: MessageEntity[], found: MessageEntity[]): MessageEntity[] {
  if (found.length === 0) return entities
  const groups = groupEntities(entities)
  const allowed = dropCrossingQuotes(found, groups.blockquotes)
  const rest = mergeDisjoint(groups.rest, allowed)
  return combine(groups.splittable, [...rest, ...groups.blockquotes])
}

/** Keeps of entities that overlap, or hold one another, the first. Sorts. */
export function dropIntersecting(entities: MessageEntity[]): MessageEntity[] {
  let lastEnd = 0
  return entities.toSorted(compareEntities).filter((entity) => {
    if (entity.offset < lastEnd) return false
    lastEnd = entityEnd(entity)
    return true
  })
}

type Groups = { rest: MessageEntity[]; blockquotes: MessageEntity[]; splittable: SplittableEntity[] }

function groupEntities(entities: MessageEntity[]): Groups {
  const groups: Groups = { rest: [], blockquotes: [], splittable: [] }
  for (const entity of entities.toSorted(compareEntities)) {
    if (isSplittable(entity)) groups.splittable.push(entity)
    else if (isBlockquote(entity)) groups.blockquotes.push(entity)
    else groups.rest.push(entity)
  }
  return groups
}

function combine(splittable: SplittableEntity[], others: MessageEntity[]): MessageEntity[] {
  const sorted = others.toSorted(compareEntities)
  return [...sorted, ...splitEntities(splittable, sorted)].sort(compareEntities)
}

/** A quotation may hold an entity whole, or not touch it. Both lists are sorted and free of overlaps. */
function dropCrossingQuotes(entities: MessageEntity[], quotes: MessageEntity[]): MessageEntity[] {
  let next = 0
  return entities.filter((entity) => {
    let quote = quotes[next]
    while (quote !== undefined && entityEnd(quote) <= entity.offset) quote = quotes[++next]
    if (quote === undefined) return true
    const beginsInside = entity.offset < quote.offset && quote.offset < entityEnd(entity)
    return entityEnd(quote) >= entityEnd(entity) && !beginsInside
  })
}

function mergeDisjoint(own: MessageEntity[], found: MessageEntity[]): MessageEntity[] {
  const merged: MessageEntity[] = []
  let next = 0
  for (const entity of own) {
    let candidate = found[next]
    while (candidate !== undefined && entityEnd(candidate) <= entity.offset) {
      merged.push(candidate)
      candidate = found[++next]
    }
    merged.push(entity)
    while (candidate !== undefined && candidate.offset < entityEnd(entity)) candidate = found[++next]
  }
  return [...merged, ...found.slice(next)]
}
