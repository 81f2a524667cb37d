/** A position in JSON text. Reading moves it; a failed read says so, and what was read before stays valid. */
export interface JsonScanner {
  peek(): string
  skipBlanks(): void
  /** Skips `text` if it is next. */
  take(text: string): boolean
  /** A string, decoded; `undefined` when there is none. */
  readString(): string | undefined
  skipNumber(): boolean
  /** Where the position is, to cut out raw text later. */
  position(): number
  textFrom(start: number): string
  atEnd(): boolean
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const NUMBER = /[-+.0-9][-+.0-9eE]*/y
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/**
 * Reads JSON as forgivingly as the Bot API server: unknown escapes stand for themselves, control characters may stand
 * in strings, and numbers are not checked.
 */
export function createJsonScanner(source: string): JsonScanner {
  let at = 0

  function skip(pattern: RegExp): boolean {
    pattern.lastIndex = at
    if (!pattern.test(source)) return false
    at = pattern.lastIndex
    return true
  }

  // Unit by unit: a regular expression costs more than the few units that a name, a gap or a short text has.
  function skipBlanks(): void {
    while (isBlank(source.charCodeAt(at))) at += 1
  }

  /** To the quote or backslash that ends a stretch of a string, `false` when there is none. */
  function skipPlain(): boolean {
    for (; at < source.length; at += 1) {
      const unit = source.charCodeAt(at)
      if (unit === QUOTE || unit === BACKSLASH) return true
    }
    return false
  }

  function take(text: string): boolean {
    if (!source.startsWith(text, at)) return false
    at += text.length
    return true
  }

  function readString(): string | undefined {
    if (!take('"')) return undefined
    let decoded = ''
    for (;;) {
      const start = at
      if (!skipPlain()) return undefined
      decoded += source.slice(start, at)
      at += 1
      if (source.charCodeAt(at - 1) === QUOTE) return decoded
      const character = readEscape()
      if (character === undefined) return undefined
      decoded += character
    }
  }

  function readEscape(): string | undefined {
    const letter = source[at]
    at += 1
    if (letter !== 'u') return letter === undefined ? undefined : (ESCAPES[letter] ?? letter)
    const digits = source.slice(at, at + 4)
    at += 4
    return /^[0-9a-fA-F]{4}$/.test(digits) ? String.fromCharCode(Number.parseInt(digits, 16)) : undefined
  }

  return {
    peek: () => source[at] ?? '',
    skipBlanks,
    take,
    readString,
    skipNumber: () => skip(NUMBER),
    position: () => at,
    textFrom: (start) => source.slice(start, at),
    atEnd: () => at >= source.length,
  }
}

function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09
}
