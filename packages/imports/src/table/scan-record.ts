/** What stands between two delimiters, and where the next record begins. */
export type ScannedRecord =
  | { status: 'complete'; cells: string[]; next: number; isMultiline: boolean }
  /** The text ends before the record does. */
  | { status: 'incomplete' }
  /** A quote stands where none may, or something behind a closing one. */
  | { status: 'broken' }

export type ScanRecord = (text: string, start: number, isLast: boolean) => ScannedRecord

/** Reads one record by RFC 4180; blanks around a quoted cell do no harm, and lines end with LF, CR LF or CR. */
export function createScanRecord(delimiter: string): ScanRecord {
  const plain = new RegExp(`[^"\\r\\n${delimiter === '\t' ? '\\t' : delimiter}]*`, 'y')
  const blanks = delimiter === '\t' ? / */y : /[ \t]*/y

  function skip(pattern: RegExp, text: string, from: number): number {
    pattern.lastIndex = from
    pattern.test(text)
    return pattern.lastIndex
  }

  return (text, start, isLast) => {
    const cells: string[] = []
    let isMultiline = false
    let at = start
    for (;;) {
      let end = skip(plain, text, at)
      if (text[end] === '"') {
        if (text.slice(at, end).trim() !== '') return { status: 'broken' }
        const quoted = readQuoted(text, end)
        if (quoted === undefined) return { status: 'incomplete' }
        end = skip(blanks, text, quoted.end)
        isMultiline ||= /[\r\n]/.test(quoted.value)
        cells.push(quoted.value)
      } else {
        cells.push(text.slice(at, end))
      }
      // A quote at the very end may be the first of two, a CR the first half of a line's end.
      const isAtEnd = end === text.length || (text[end] === '\r' && end + 1 === text.length)
      if (isAtEnd && !isLast) return { status: 'incomplete' }
      if (text[end] === delimiter) {
        at = end + 1
        continue
      }
      const next = lineEnd(text, end)
      return next === undefined ? { status: 'broken' } : { status: 'complete', cells, next, isMultiline }
    }
  }
}

/** `quote` is where the opening one stands, `end` behind the closing one. Undefined when there is none. */
function readQuoted(text: string, quote: number): { value: string; end: number } | undefined {
  let value = ''
  let from = quote + 1
  for (;;) {
    const closing = text.indexOf('"', from)
    if (closing === -1) return undefined
    value += text.slice(from, closing)
    if (text[closing + 1] !== '"') return { value, end: closing + 1 }
    value += '"'
    from = closing + 2
  }
}

/** Where the next line begins when one ends here; undefined when none does. */
function lineEnd(text: string, at: number): number | undefined {
  if (at === text.length) return at
  if (text[at] === '\n') return at + 1
  if (text[at] === '\r') return text[at + 1] === '\n' ? at + 2 : at + 1
  return undefined
}
