import type { ImportIssue } from '@postino/domain'
import type { FoundRecord } from './table/create-record-reader.ts'
import { cleanCell, isUnreadable } from './values/clean-cell.ts'

/** Where the fields of a file's rows stand; of several columns for a field the first one that is not blank counts. */
export interface Layout<Field extends string> {
  header: readonly string[]
  places: Partial<Record<Field, readonly number[]>>
}

/** One line of a file. */
export interface Row<Field extends string> {
  line: number
  /** On one line, without blanks around it; undefined when it is blank. */
  cell(field: Field): string | undefined
  at(index: number): string | undefined
  error(field: Field, code: string, message: string): ImportIssue
}

const PROBLEMS = {
  broken_quotes: 'the line has a quote that is not closed, or one inside a cell that is not written twice',
  line_too_long: 'the line is longer than 65,536 characters',
} as const

/** The row of a record, or why there is none. */
export function rowOf<Field extends string>(
  record: FoundRecord,
  { header, places }: Layout<Field>,
): Row<Field> | ImportIssue {
  const { line, cells } = record
  const error = (code: string, message: string, column?: string): ImportIssue => {
    return { severity: 'error', line, ...(column !== undefined && { column }), code, message }
  }
  if (cells === undefined) return error(record.problem, PROBLEMS[record.problem])
  // Spreadsheets write blank cells behind the last column.
  const isTooLong =
    cells.length > header.length && cells.slice(header.length).some((cell) => cell.trim() !== '')
  if (isTooLong || cells.length < header.length) {
    const code = isTooLong ? 'too_many_cells' : 'too_few_cells'
    return error(code, `the line has ${cells.length} cells, the header ${header.length}`)
  }
  const unreadable = cells.findIndex(isUnreadable)
  if (unreadable !== -1) {
    return error('unreadable', 'has characters that are broken or cannot be printed', header[unreadable])
  }
  const at = (index: number) => cleanCell(cells[index] ?? '') || undefined
  const placeOf = (field: Field) =>
    places[field]?.find((index) => at(index) !== undefined) ?? places[field]?.[0]
  return {
    line,
    at,
    cell(field) {
      const place = placeOf(field)
      return place === undefined ? undefined : at(place)
    },
    error: (field, code, message) => error(code, message, header[placeOf(field) ?? -1]),
  }
}
