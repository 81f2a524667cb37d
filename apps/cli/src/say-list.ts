import { formatTable } from './format-table.ts'
import type { Say } from './surroundings.ts'

/** Prints what a list found: as JSON, whole, for programs, or as a table for people. */
export function sayList<Row>(
  rows: readonly Row[],
  { say, json, cells }: { say: Say; json: boolean | undefined; cells: (row: Row) => string[] },
): void {
  if (json === true) say(JSON.stringify(rows, undefined, 2))
  else formatTable(rows.map(cells)).forEach(say)
}

/** A day, as a table shows it. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10)
}
