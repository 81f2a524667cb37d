const LINE_END = /\r\n|\r|\n/g

/** How many lines end in this text; at least one. */
export function countLines(text: string): number {
  return text.match(LINE_END)?.length ?? 1
}

/** Where the line behind the one that `start` stands in begins; undefined when that is the last. */
export function nextLine(text: string, start: number): number | undefined {
  LINE_END.lastIndex = start
  return LINE_END.test(text) ? LINE_END.lastIndex : undefined
}

export function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '')
}
