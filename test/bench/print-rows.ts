import type { BenchRow } from './bench.ts'

/** More columns than these no terminal shows side by side. */
const WIDEST_TABLE = 10

/** For people: a table, or where there are many figures, each row for itself. */
export function printRows(rows: BenchRow[]): void {
  const rounded = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([key, value]) => [key, round(value)])),
  )
  if (rows.every((row) => Object.keys(row).length <= WIDEST_TABLE)) {
    console.table(rounded)
    return
  }
  for (const { name, ...figures } of rounded) {
    console.log(`\n${name}`)
    console.log(
      Object.entries(figures)
        .map(([key, value]) => `  ${key} ${value}`)
        .join('\n'),
    )
  }
}

function round(value: string | number | boolean): string | number | boolean {
  if (typeof value !== 'number') return value
  // Shares and ratios need their third digit, milliseconds and counts do not.
  const factor = Math.abs(value) < 10 ? 1_000 : 10
  return Math.round(value * factor) / factor
}
