import { readCharacterReference } from './character-reference.ts'
import { asciiLowerCase, byteOffset, isSpace, leadingInt32, unitAt } from './character.ts'
import { ParseFailure } from './parse-failure.ts'

/** A start tag: its lower-case name, and the one attribute value that matters for it. */
export type StartTag = { name: string; argument: string; unixTime: number }

const NAMES = new Set(
  'a b strong i em s strike del u ins tg-spoiler tg-emoji tg-time span pre code blockquote'.split(' '),
)

/** Reads the start tag whose `<` is at `begin`; `end` is the place of its `>`. */
export function readStartTag(source: string, begin: number): { tag: StartTag; end: number } {
  let index = begin + 1
  while (!isSpace(unitAt(source, index)) && unitAt(source, index) !== '>') index++
  if (unitAt(source, index) === '\0') {
    throw new ParseFailure(`Unclosed start tag at byte offset ${byteOffset(source, begin)}`)
  }
  const tag: StartTag = { name: asciiLowerCase(source.slice(begin + 1, index)), argument: '', unixTime: 0 }
  if (!NAMES.has(tag.name)) {
    throw new ParseFailure(`Unsupported start tag "${tag.name}" at byte offset ${byteOffset(source, begin)}`)
  }

  while (unitAt(source, index) !== '>') {
    index = skipSpaces(source, index)
    if (unitAt(source, index) === '>') break
    const attribute = readAttribute({ source, begin, tagName: tag.name }, index)
    applyAttribute(tag, attribute.name, attribute.value)
    index = attribute.end
  }
  if (tag.name === 'span' && tag.argument !== 'spoiler') {
    throw new ParseFailure(
      `Tag "span" must have class "tg-spoiler" at byte offset ${byteOffset(source, begin)}`,
    )
  }
  return { tag, end: index }
}

type Attribute = { name: string; value: string | undefined; end: number }
type TagPlace = { source: string; begin: number; tagName: string }

function readAttribute(place: TagPlace, start: number): Attribute {
  const { source, begin, tagName } = place
  const where = (): string => `"${tagName}" at byte offset ${byteOffset(source, begin)}`
  let index = start
  while (!isSpace(unitAt(source, index)) && !'=>/"\''.includes(unitAt(source, index))) index++
  const name = source.slice(start, index)
  if (name === '') throw new ParseFailure(`Empty attribute name in the tag ${where()}`)
  index = skipSpaces(source, index)
  if (unitAt(source, index) !== '=') {
    if (unitAt(source, index) === '\0') throw new ParseFailure(`Unclosed start tag ${where()}`)
    return { name, value: undefined, end: index }
  }
  index = skipSpaces(source, index + 1)
  if (unitAt(source, index) === '\0') throw new ParseFailure(`Unclosed start tag ${where()}`)

  const quote = unitAt(source, index)
  const read = quote === '"' || quote === "'" ? readQuoted(source, index, quote) : readToken(source, index)
  if (unitAt(source, read.end) === '\0') {
    throw new ParseFailure(`Unclosed start tag at byte offset ${byteOffset(source, begin)}`)
  }
  return { name, value: read.value, end: read.end }
}

function readToken(source: string, start: number): { value: string; end: number } {
  let end = start
  while (/[A-Za-z0-9.-]/.test(unitAt(source, end))) end++
  if (!isSpace(unitAt(source, end)) && unitAt(source, end) !== '>') {
    throw new ParseFailure(`Unexpected end of name token at byte offset ${byteOffset(source, start)}`)
  }
  return { value: asciiLowerCase(source.slice(start, end)), end }
}

function readQuoted(source: string, start: number, quote: string): { value: string; end: number } {
  let index = start + 1
  let value = ''
  while (unitAt(source, index) !== quote && unitAt(source, index) !== '\0') {
    const reference = unitAt(source, index) === '&' ? readCharacterReference(source, index) : undefined
    if (reference === undefined) {
      value += unitAt(source, index)
      index++
    } else {
      value += String.fromCodePoint(reference.codePoint)
      index = reference.end
    }
  }
  return { value, end: unitAt(source, index) === quote ? index + 1 : index }
}

/** Later attributes win; those that a tag does not know are ignored. */
function applyAttribute(tag: StartTag, name: string, value: string | undefined): void {
  const key = `${tag.name} ${name}`
  if (key === 'blockquote expandable') tag.argument = '1'
  if (value === undefined) return
  if (key === 'a href' || key === 'tg-emoji emoji-id' || key === 'tg-time format') tag.argument = value
  if (key === 'code class' && value.startsWith('language-')) tag.argument = value.slice('language-'.length)
  if (key === 'span class' && value.startsWith('tg-')) tag.argument = value.slice('tg-'.length)
  if (key === 'tg-time unix') tag.unixTime = leadingInt32(value)
}

function skipSpaces(source: string, start: number): number {
  let index = start
  while (unitAt(source, index) !== '\0' && isSpace(unitAt(source, index))) index++
  return index
}
