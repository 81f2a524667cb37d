import { MAX_DEPTH, MAX_MEMBERS } from '@postino/domain'
import { jsonPointer } from './json-pointer.ts'
import {
  MalformedJsonError,
  endOfString,
  endOfWord,
  readNumber,
  readString,
  skipSpace,
} from './json-tokens.ts'

/** Enough to mend a body by; one that has more is told the first ones. */
export const MAX_FLAWS = 10

type JsonFlawCode = 'duplicate_key' | 'number_out_of_range' | 'too_deep' | 'too_many_members'

export interface JsonFlaw {
  /** RFC 6901, from the scanned value. */
  pointer: string
  code: JsonFlawCode
  detail: string
}

const DETAILS: Record<JsonFlawCode, string> = {
  duplicate_key: 'This member stands here twice; which of the two counts?',
  number_out_of_range: 'A double cannot hold this number; send it as text.',
  too_deep: `Objects and lists may be nested ${MAX_DEPTH} deep, the outermost being the first.`,
  too_many_members: `Objects and lists may have ${MAX_MEMBERS} members in all.`,
}

export interface ScannedValue {
  end: number
  flaws: JsonFlaw[]
}

/**
 * Walks over one JSON value without building it, and names what `JSON.parse` would pass over in silence (RFC 7493) or
 * what would make later steps costly. The recursion ends at MAX_DEPTH. Throws MalformedJsonError.
 */
export function scanValue(text: string, start: number): ScannedValue {
  const path: (string | number)[] = []
  const flaws: JsonFlaw[] = []
  let members = 0

  function note(code: JsonFlawCode): void {
    if (flaws.length < MAX_FLAWS) flaws.push({ pointer: jsonPointer(path), code, detail: DETAILS[code] })
  }

  function enter(segment: string | number): void {
    path.push(segment)
    members++
    if (members === MAX_MEMBERS + 1) note('too_many_members')
  }

  function scanAny(at: number): number {
    const character = text[at]
    if (character === '"') return endOfString(text, at)
    if (character === '{') return path.length < MAX_DEPTH ? scanObject(at) : skipTooDeep(at)
    if (character === '[') return path.length < MAX_DEPTH ? scanArray(at) : skipTooDeep(at)
    return character === '-' || isDigit(character) ? scanNumber(at) : endOfWord(text, at)
  }

  function skipTooDeep(at: number): number {
    note('too_deep')
    return endOfContainer(text, at)
  }

  function scanNumber(at: number): number {
    const { end, isExact } = readNumber(text, at)
    if (!isExact) note('number_out_of_range')
    return end
  }

  function scanArray(open: number): number {
    let at = skipSpace(text, open + 1)
    if (text[at] === ']') return at + 1
    for (let index = 0; ; index++) {
      enter(index)
      at = skipSpace(text, scanAny(at))
      path.pop()
      if (text[at] === ']') return at + 1
      at = skipSpace(text, pass(',', at))
    }
  }

  function scanObject(open: number): number {
    const keys = new Set<string>()
    let at = skipSpace(text, open + 1)
    if (text[at] === '}') return at + 1
    for (;;) {
      const end = endOfString(text, at)
      const key = readString(text, at, end)
      enter(key)
      if (keys.has(key)) note('duplicate_key')
      keys.add(key)
      at = skipSpace(text, pass(':', skipSpace(text, end)))
      at = skipSpace(text, scanAny(at))
      path.pop()
      if (text[at] === '}') return at + 1
      at = skipSpace(text, pass(',', at))
    }
  }

  function pass(character: string, at: number): number {
    if (text[at] !== character) throw new MalformedJsonError(at)
    return at + 1
  }

  return { end: scanAny(start), flaws }
}

// What is too deep is refused anyway: finding its end takes counting brackets, and no recursion.
function endOfContainer(text: string, open: number): number {
  let at = open
  let depth = 0
  do {
    const character = text[at]
    if (character === undefined) throw new MalformedJsonError(at)
    if (character === '{' || character === '[') depth++
    if (character === '}' || character === ']') depth--
    at = character === '"' ? endOfString(text, at) : at + 1
  } while (depth > 0)
  return at
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9'
}
