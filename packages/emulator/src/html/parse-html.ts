import { readCharacterReference } from './character-reference.ts'
import { asciiLowerCase, byteOffset, isSpace, unitAt } from './character.ts'
import { compareEntities, type MessageEntity } from './entity.ts'
import { closeTag, type OpenTag } from './html-closed-tag.ts'
import { readStartTag } from './html-start-tag.ts'
import { ParseFailure, parseOrRefuse, type ParseResult } from './parse-failure.ts'

/**
 * Telegram's HTML parse mode, following TDLib's parser step by step, its tolerance and its error texts included.
 * The description of a refusal lacks the `Bad Request: ` prefix; offsets in it are UTF-8 bytes of the source.
 * Sorted, but neither trimmed nor merged: that is `formatText`'s work.
 */
export function parseHtml(source: string): ParseResult {
  return parseOrRefuse(() => parse(source))
}

function parse(source: string): { text: string; entities: MessageEntity[] } {
  const entities: MessageEntity[] = []
  const open: OpenTag[] = []
  let text = ''
  let hasDecodedSurrogate = false

  for (let index = 0; index < source.length; index++) {
    const unit = unitAt(source, index)
    const reference = unit === '&' ? readCharacterReference(source, index) : undefined
    if (reference !== undefined) {
      hasDecodedSurrogate ||= reference.codePoint >= 0xd800 && reference.codePoint <= 0xdfff
      text += String.fromCodePoint(reference.codePoint)
      index = reference.end - 1
    } else if (unit !== '<') {
      // All up to the next sign that may mean something, at once.
      const end = nextSign(source, index + 1)
      text += source.slice(index, end)
      index = end - 1
    } else if (unitAt(source, index + 1) === '/') {
      const end = readEndTag(source, index, open.at(-1))
      const tag = open.pop()
      if (tag !== undefined) closeTag(tag, text, entities)
      index = end
    } else {
      const { tag, end } = readStartTag(source, index)
      open.push({ ...tag, offset: text.length })
      index = end
    }
  }

  const unclosed = open.at(-1)
  if (unclosed !== undefined) {
    throw new ParseFailure(`Can't find end tag corresponding to start tag "${unclosed.name}"`)
  }
  // A pair of halves is no way to write one character either: in UTF-8 each half is an error of its own.
  if (hasDecodedSurrogate) {
    throw new ParseFailure(
      'Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units',
    )
  }
  return { text, entities: entities.map(forgetLanguageOfCode).sort(compareEntities) }
}

function nextSign(source: string, from: number): number {
  SIGN.lastIndex = from
  return SIGN.test(source) ? SIGN.lastIndex - 1 : source.length
}

const SIGN = /[<&]/g

/** Checks the end tag whose `<` is at `begin` against the innermost open tag; returns the place of its `>`. */
function readEndTag(source: string, begin: number, innermost: OpenTag | undefined): number {
  const where = (): string => `at byte offset ${byteOffset(source, begin)}`
  if (innermost === undefined) throw new ParseFailure(`Unexpected end tag ${where()}`)
  let index = begin + 1
  while (!isSpace(unitAt(source, index)) && unitAt(source, index) !== '>') index++
  const name = asciiLowerCase(source.slice(begin + 2, index))
  while (isSpace(unitAt(source, index)) && unitAt(source, index) !== '\0') index++
  if (unitAt(source, index) !== '>') throw new ParseFailure(`Unclosed end tag ${where()}`)
  // `</>` closes whatever is open.
  if (name !== '' && name !== innermost.name) {
    throw new ParseFailure(
      `Unmatched end tag ${where()}, expected "</${innermost.name}>", found "</${name}>"`,
    )
  }
  return index
}

/** The language was only kept while a `pre` might still close around the `code`. */
function forgetLanguageOfCode(entity: MessageEntity): MessageEntity {
  return entity.type === 'code' ? { offset: entity.offset, length: entity.length, type: 'code' } : entity
}
