import type { Place } from './template-error.ts'

/** Where in the source this index is. */
export function placeAt(source: string, index: number): Place {
  const before = source.slice(0, index)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: index - lineStart + 1 }
}

/** The index in the source of a place. */
export function indexAt(source: string, { line, column }: Place): number {
  let lineStart = 0
  for (let passed = 1; passed < line; passed++) lineStart = source.indexOf('\n', lineStart) + 1
  return lineStart + column - 1
}
