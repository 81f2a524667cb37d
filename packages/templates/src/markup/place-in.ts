import { placeAt } from '../language/place-at.ts'
import type { Place } from '../language/template-error.ts'

/** The place in the template of what stands at this index of a part's source. */
export function placeIn(part: { source: string; place: Place }, index: number): Place {
  const { line, column } = placeAt(part.source, index)
  return {
    line: part.place.line + line - 1,
    column: line === 1 ? part.place.column + column - 1 : column,
  }
}
