/** A position in JSON text. Reading moves it; a failed read says `undefined` and what was read before stays valid. */
export interface JsonScanner {
  peek(): string
  skipBlanks(): void
  /** Skips `text` if it is next. */
  take(text: string): boolean
  /** A string, decoded. */
  readString(): string | undefined
  /** Any value, as the text it is written in. */
  readRaw(): string | undefined
  atEnd(): boolean
}

const MAX_DEPTH = 100
const BLANKS = /[ \t\r\n]*/y
const STRING_STOP = /["\\]/g
const NUMBER = /[-+.0-9][-+.0-9eE]*/y

/**
 * A JSON reader as forgiving as the Bot API server's: unknown escapes stand for themselves, control characters may
 * stand in strings, numbers are not checked, and what follows an error does not undo what came before it.
 */
export function createJsonScanner(source: string): JsonScanner {
  let at = 0

  function skipBlanks(): void {
    BLANKS.lastIndex = at
    BLANKS.test(source)
    at = BLANKS.lastIndex
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
      const end = nextStop(source, at)
      if (end === -1) return undefined
      decoded += source.slice(at, end)
      at = end + 1
      if (source[end] === '"') return decoded
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

  function skipValue(depth: number): boolean {
    if (depth > MAX_DEPTH) return false
    skipBlanks()
    if (source[at] === '"') return readString() !== undefined
    if (take('[')) return skipItems(']', () => skipValue(depth + 1))
    if (take('{')) return skipItems('}', () => skipField(depth + 1))
    if (take('true') || take('false') || take('null')) return true
    NUMBER.lastIndex = at
    if (!NUMBER.test(source)) return false
    at = NUMBER.lastIndex
    return true
  }

  function skipField(depth: number): boolean {
    if (readString() === undefined) return false
    skipBlanks()
    return take(':') && skipValue(depth)
  }

  function skipItems(close: string, skipItem: () => boolean): boolean {
    skipBlanks()
    if (take(close)) return true
    for (;;) {
      if (!skipItem()) return false
      skipBlanks()
      if (take(close)) return true
      if (!take(',')) return false
      skipBlanks()
    }
  }

  return {
    peek: () => source[at] ?? '',
    skipBlanks,
    take,
    readString,
    readRaw() {
      const start = at
      return skipValue(0) ? source.slice(start, at) : undefined
    },
    atEnd: () => at >= source.length,
  }
}

const ESCAPES: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** Where the next quote or backslash stands, -1 when there is none. */
function nextStop(source: string, from: number): number {
  STRING_STOP.lastIndex = from
  return STRING_STOP.test(source) ? STRING_STOP.lastIndex - 1 : -1
}
