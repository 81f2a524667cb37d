const MOST_CHARS = 72

/** Prints rows in columns; the first row is the heading. Long cells are cut. */
export function printTable(say: (line: string) => void, rows: string[][]): void {
  const cells = rows.map((row) => row.map((cell) => cut(cell)))
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  )
  for (const [index, row] of cells.entries()) {
    say(`  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    if (index === 0) say(`  ${widths.map((width) => '─'.repeat(width)).join('  ')}`)
  }
}

function cut(cell: string): string {
  return cell.length > MOST_CHARS ? `${cell.slice(0, MOST_CHARS - 1)}…` : cell
}
