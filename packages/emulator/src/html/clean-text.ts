import { byteOffset } from './character.ts'
import { entityEnd, type MessageEntity } from './entity.ts'

export type CleanResult =
  | { status: 'cleaned'; text: string; entities: MessageEntity[] }
  | { status: 'refused'; description: string }

/** Line and direction separators, and three combining lines that reach far out of their own line. */
const REMOVED = new Set('\r\u2028\u2029\u202A\u202B\u202C\u202D\u202E\u030A\u0333\u033F')

/** What makes a text another one: most have none of it. */
// oxlint-disable-next-line no-control-regex
const CHANGED = /[\0-\x09\x0B-\x1F\u2028-\u202E]|\u030A|\u0333|\u033F|[\u200E\u200F]{2}/

/**
 * What Telegram does to the characters of every text, entities moved along (TDLib's `clean_input_string`).
 * Refuses entities that lie outside the text or cut a surrogate pair. Entities must be fixed.
 */
export function cleanText(text: string, entities: MessageEntity[]): CleanResult {
  const misplaced = describeMisplaced(text, entities)
  if (misplaced !== undefined) return { status: 'refused', description: misplaced }

  if (!CHANGED.test(text))
    return { status: 'cleaned', text, entities: entities.filter(({ length }) => length > 0) }

  const keptBefore = new Uint32Array(text.length + 1)
  let cleaned = ''
  for (let index = 0; index < text.length; index++) {
    const unit = text[index] ?? ''
    keptBefore[index] = cleaned.length
    if (!REMOVED.has(unit)) cleaned += isControl(unit) ? ' ' : unit
  }
  keptBefore[text.length] = cleaned.length

  const moved = entities.map((entity) => {
    const offset = keptBefore[entity.offset] ?? cleaned.length
    return { ...entity, offset, length: (keptBefore[entityEnd(entity)] ?? cleaned.length) - offset }
  })
  return {
    status: 'cleaned',
    text: tameDirectionMarks(cleaned),
    entities: moved.filter((entity) => entity.length > 0),
  }
}

/** The line feed is the one control character that stays as it is. */
function isControl(unit: string): boolean {
  return unit < ' ' && unit !== '\n'
}

/** Of a run of direction marks only the last has an effect; the others become joiners without width. */
function tameDirectionMarks(text: string): string {
  return text.replace(/[\u200E\u200F]{2,}/g, (run) => '\u200C'.repeat(run.length - 1) + run.slice(-1))
}

/** The first complaint that reading from left to right comes upon; of ends at one place the innermost entity's. */
function describeMisplaced(text: string, entities: MessageEntity[]): string | undefined {
  const complaints: Complaint[] = []
  for (const [index, { offset, length }] of entities.entries()) {
    const end = offset + length
    const ends = `entity beginning at UTF-16 offset ${offset} ends`
    if (cutsPair(text, end)) {
      const words = `${ends} in a middle of a UTF-16 symbol at byte offset ${byteOffset(text, end + 1)}`
      complaints.push({ place: end, rank: -index, words })
    }
    if (cutsPair(text, offset)) {
      const words = `entity begins in a middle of a UTF-16 symbol at byte offset ${byteOffset(text, offset + 1)}`
      complaints.push({ place: offset, rank: index + 1, words })
    }
    if (offset > text.length) {
      const words = `entity begins after the end of the text at UTF-16 offset ${offset}`
      complaints.push({ place: text.length + 1, rank: index, words })
    } else if (end > text.length) {
      const words = `${ends} after the end of the text at UTF-16 offset ${end}`
      complaints.push({ place: text.length + 2, rank: -index, words })
    }
  }
  complaints.sort((left, right) => left.place - right.place || left.rank - right.rank)
  return complaints[0]?.words
}

type Complaint = { place: number; rank: number; words: string }

function cutsPair(text: string, offset: number): boolean {
  const before = text.charCodeAt(offset - 1)
  const after = text.charCodeAt(offset)
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff
}
