/** Where a value of a body may stand; blanks around it belong to it. */
export interface OutlinedPart {
  start: number
  end: number
  /** How many names of members stand in it, those that stand twice in an object twice. */
  names: number
}

export interface OutlinedBody {
  isBatch: boolean
  parts: OutlinedPart[]
}

const QUOTE = 0x22
const BACKSLASH = 0x5c

/**
 * Takes a body apart by its quotes, brackets and commas alone, at most `maxParts` of an array: a quarter of what `scanBody`
 * costs. Whoever makes something of each part with `JSON.parse` knows that the body is JSON, and these are its values.
 * Undefined when it can be no JSON, or has more parts.
 */
export function outlineBody(bytes: Buffer, maxParts: number): OutlinedBody | undefined {
  let at = 0
  while (isBlank(bytes[at])) at++
  const isBatch = bytes[at] === 0x5b
  if (isBatch) at++
  const parts: OutlinedPart[] = []
  let start = at
  let names = 0
  let depth = 0
  for (; at < bytes.length; at++) {
    switch (bytes[at] ?? 0) {
      case QUOTE:
        at = closingQuote(bytes, at)
        break
      case 0x3a: // :
        names++
        break
      case 0x7b: // {
      case 0x5b: // [
        depth++
        break
      case 0x7d: // }
        depth--
        break
      case 0x5d: // ]
        if (depth === 0 && isBatch) {
          parts.push({ start, end: at, names })
          return isBlankFrom(bytes, at + 1) ? { isBatch, parts } : undefined
        }
        depth--
        break
      case 0x2c: // ,
        if (depth > 0 || !isBatch) break
        parts.push({ start, end: at, names })
        if (parts.length === maxParts) return undefined
        start = at + 1
        names = 0
        break
    }
  }
  return isBatch ? undefined : { isBatch, parts: [{ start, end: bytes.length, names }] }
}

/** Of the text that opens here; the end of the bytes where it has none. */
function closingQuote(bytes: Buffer, open: number): number {
  for (let at = open + 1; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === QUOTE) return at
    if (byte === BACKSLASH) at++
  }
  return bytes.length
}

function isBlankFrom(bytes: Buffer, start: number): boolean {
  let at = start
  while (isBlank(bytes[at])) at++
  return at >= bytes.length
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}
