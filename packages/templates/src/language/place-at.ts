import type { Place } from './template-error.ts'

/** Where in the source this index is. */
export function placeAt(source: string, index: number): Place {
  return placeAfter({ line: 1, column: 1 }, source.slice(0, index))
}

/** Where one is after this text, having been at this place before it. */
export function placeAfter({ line, column }: Place, passed: string): Place {
  const lines = passed.split('\n')
  const last = lines.at(-1) ?? ''
  return lines.length === 1
    ? { line, column: column + last.length }
    : { line: line + lines.length - 1, column: last.length + 1 }
}

/** The index in the source at which each line begins. */
export function lineStartsOf(source: string): number[] {
  const starts = [0]
  for (const { index } of source.matchAll(/\n/g)) starts.push(index + 1)
  return starts
}

/** The index in the source of a place. */
export function indexAt(lineStarts: readonly number[], { line, column }: Place): number {
  return (lineStarts[line - 1] ?? 0) + column - 1
}
