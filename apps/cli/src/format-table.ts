const MOST_CHARS = 72

/** Rows as lines with aligned columns. Long cells are cut. */
export function formatTable(rows: readonly (readonly string[])[]): string[] {
  const cells = rows.map((row) => row.map(cut))
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => widthOf(row[column] ?? ''))),
  )
  return cells.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  )
}

const segmenter = new Intl.Segmenter('en')

function charsOf(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

function cut(cell: string): string {
  const chars = charsOf(cell)
  return chars.length > MOST_CHARS ? `${chars.slice(0, MOST_CHARS - 1).join('')}…` : cell
}

/** In a terminal an emoji takes two places. */
function widthOf(text: string): number {
  return charsOf(text).reduce((width, char) => width + (/^\p{RGI_Emoji}$/v.test(char) ? 2 : 1), 0)
}
