/** How long an escape is, by the letter behind its backslash; any other has two characters. */
const ESCAPE_CHARS: Record<string, number> = { x: 4, u: 6, U: 10 }

/**
 * Where, in a text between quotes as it is written on one line, its character of a number begins; both are counted from 0. The last
 * quote for what lies behind the end.
 */
export function offsetInQuotes(written: string, index: number): number {
  const isDouble = written.startsWith('"')
  let offset = 1
  let count = 0
  while (count < index && offset < written.length - 1) {
    const [sourceChars, chars] = isDouble ? stepInDouble(written, offset) : stepInSingle(written, offset)
    offset += sourceChars
    count += chars
  }
  return offset
}

/** Of one character as it is written: how many characters that takes, and how many it stands for. */
function stepInDouble(written: string, offset: number): [number, number] {
  if (written[offset] !== '\\') return [1, 1]
  const letter = written[offset + 1] ?? ''
  const sourceChars = ESCAPE_CHARS[letter] ?? 2
  const isAstral = letter === 'U' && Number.parseInt(written.slice(offset + 2, offset + 10), 16) > 0xffff
  return [sourceChars, isAstral ? 2 : 1]
}

function stepInSingle(written: string, offset: number): [number, number] {
  return written.startsWith("''", offset) ? [2, 1] : [1, 1]
}
