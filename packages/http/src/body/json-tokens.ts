/** The text is not JSON (RFC 8259); `offset` is the character at which that shows. */
export class MalformedJsonError extends Error {
  override readonly name = 'MalformedJsonError'
  readonly offset: number

  constructor(offset: number) {
    super(`not JSON at character ${offset}`)
    this.offset = offset
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y
const WORDS = ['true', 'false', 'null']
const ESCAPABLE = '"\\/bfnrt'
const FOUR_HEX_DIGITS = /[0-9a-fA-F]{4}/y

/** Where the next character stands that is not white space. */
export function skipSpace(text: string, start: number): number {
  let at = start
  for (;;) {
    const code = text.charCodeAt(at)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at
    at++
  }
}

/** Where the string that opens at `start` is over; both quotes belong to it. */
export function endOfString(text: string, start: number): number {
  if (text[start] !== '"') throw new MalformedJsonError(start)
  let at = start + 1
  for (;;) {
    const code = text.charCodeAt(at)
    if (code === 0x22) return at + 1
    if (code === 0x5c) at = endOfEscape(text, at)
    // The end of the text is NaN here, and no more a string's character than a control is.
    else if (code >= 0x20) at++
    else throw new MalformedJsonError(at)
  }
}

function endOfEscape(text: string, start: number): number {
  const letter = text[start + 1]
  if (letter === 'u') {
    FOUR_HEX_DIGITS.lastIndex = start + 2
    if (FOUR_HEX_DIGITS.test(text)) return start + 6
  } else if (letter !== undefined && ESCAPABLE.includes(letter)) {
    return start + 2
  }
  throw new MalformedJsonError(start)
}

/** What the string between these two places says. */
export function readString(text: string, start: number, end: number): string {
  const inside = text.slice(start + 1, end - 1)
  return inside.includes('\\') ? `${JSON.parse(text.slice(start, end))}` : inside
}

export interface JsonNumber {
  end: number
  /** False when a double holds another number than the one written (RFC 7493, section 2.2). */
  isExact: boolean
}

export function readNumber(text: string, start: number): JsonNumber {
  NUMBER.lastIndex = start
  const match = NUMBER.exec(text)
  if (match === null) throw new MalformedJsonError(start)
  const [literal, fraction, exponent] = match
  const value = Number(literal)
  const isInteger = fraction === undefined && exponent === undefined
  const isLost = value === 0 && /^[^eE]*[1-9]/.test(literal)
  return {
    end: start + literal.length,
    isExact: isInteger ? Number.isSafeInteger(value) : Number.isFinite(value) && !isLost,
  }
}

/** Where the `true`, `false` or `null` that begins at `start` is over. */
export function endOfWord(text: string, start: number): number {
  const word = WORDS.find((candidate) => text.startsWith(candidate, start))
  if (word === undefined) throw new MalformedJsonError(start)
  return start + word.length
}
