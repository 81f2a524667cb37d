import { compareEntities, entityEnd, type MessageEntity } from './entity.ts'

/**
 * Cuts spaces and line feeds off both ends of a cleaned text. The front keeps what lies inside an entity. Text and
 * entities are empty when nothing else is left.
 */
export function trimText(
  text: string,
  entities: MessageEntity[],
): { text: string; entities: MessageEntity[] } {
  let end = text.length
  while (end > 0 && isBlank(text, end - 1)) end--
  if (end === 0) return { text: '', entities: [] }

  const firstEntity = entities[0]
  const limit = firstEntity === undefined ? end : Math.min(firstEntity.offset, end)
  let begin = 0
  while (begin < limit && isBlank(text, begin)) begin++

  const kept = entities
    .filter((entity) => entity.offset < end)
    .map((entity) => ({
      ...entity,
      offset: entity.offset - begin,
      length: Math.min(entityEnd(entity), end) - entity.offset,
    }))
  return { text: text.slice(begin, end), entities: kept.sort(compareEntities) }
}

const INVISIBLE =
  /^[ \n\u00A0\u1680\u180E\u2000-\u200F\u202E\u202F\u205F\u2800\u3000\uFEFF\uFFFC\u{E0000}-\u{E007F}]*$/u

/** Whether nothing in the text can be seen, zero-width and exotic spaces included. */
export function isInvisible(text: string): boolean {
  return INVISIBLE.test(text)
}

function isBlank(text: string, index: number): boolean {
  const unit = text[index]
  return unit === ' ' || unit === '\n'
}
