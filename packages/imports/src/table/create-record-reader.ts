import { countLines, isBlank, nextLine } from './lines.ts'
import { createScanRecord } from './scan-record.ts'

/** One record of a file, or what keeps a line from being one. `line` counts physical lines, from 1. */
export type FoundRecord = { line: number } & (
  | { cells: string[]; problem?: undefined }
  | { problem: 'broken_quotes' | 'line_too_long'; cells?: undefined }
)

export interface RecordReader {
  /** Takes the next piece of text, cut anywhere; answers what became complete. */
  push(text: string): FoundRecord[]
  end(): FoundRecord[]
}

/** A record is longer than any a shop has use for. */
const MAX_CHARS = 64 * 1024

/**
 * Cuts text into records, whatever is broken in it: after a quote that is never closed, reading goes on behind the line
 * it stands in. Other readers take all that follows for one cell, up to the next quote of the file or to its end. Also
 * mended this way is a record of several lines that has not as many cells as the header: lines that a lost quote has glued
 * together. Keeps no more text than the longest record may have. Blank lines are left out.
 */
export function createRecordReader(format: {
  delimiter: string
  /** Of the header, once it is known. */
  width?: number
  /** Of the first line. */
  line?: number
}): RecordReader {
  const { delimiter, width } = format
  const scan = createScanRecord(delimiter)
  let rest = ''
  let line = format.line ?? 1
  let isInLongLine = false

  function readFrom(start: number, isLast: boolean): { next: number; found?: FoundRecord } | undefined {
    const record = scan(rest, start, isLast)
    const sizeChars = (record.status === 'complete' ? record.next : rest.length) - start
    if (record.status === 'incomplete' && !isLast && sizeChars <= MAX_CHARS) return undefined
    if (record.status === 'complete' && sizeChars <= MAX_CHARS) {
      const { cells, next, isMultiline } = record
      const isGlued = isMultiline && width !== undefined && cells.length !== width
      if (!isGlued) {
        const found = { line, cells }
        line += isMultiline ? countLines(rest.slice(start, next)) : 1
        return isBlank(cells) ? { next } : { next, found }
      }
    }
    return skipLine(start)
  }

  // Only this line is given up: the one behind it is a record of its own.
  function skipLine(start: number): { next: number; found?: FoundRecord } | undefined {
    const next = nextLine(rest, start)
    const isLong = (next ?? rest.length) - start > MAX_CHARS
    const found = { line, problem: isLong ? ('line_too_long' as const) : ('broken_quotes' as const) }
    if (next === undefined) isInLongLine = true
    else line += 1
    return { next: next ?? rest.length, found }
  }

  function leaveLongLine(): number {
    if (!isInLongLine) return 0
    const next = nextLine(rest, 0)
    if (next === undefined) return rest.length
    isInLongLine = false
    line += 1
    return next
  }

  function read(isLast: boolean): FoundRecord[] {
    const records: FoundRecord[] = []
    let start = leaveLongLine()
    while (start < rest.length) {
      const step = readFrom(start, isLast)
      if (step === undefined) break
      start = step.next
      if (step.found !== undefined) records.push(step.found)
    }
    rest = rest.slice(start)
    return records
  }

  return {
    push(text) {
      rest += text
      return read(false)
    },
    end: () => read(true),
  }
}
