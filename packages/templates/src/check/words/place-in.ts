import { placeAt } from '../../language/place-at.ts'
import type { Place } from '../../language/template-error.ts'

/** Where in the template this index of a part's source is. */
export function placeIn({ source, place }: { source: string; place: Place }, index: number): Place {
  const { line, column } = placeAt(source, index)
  return {
    line: place.line + line - 1,
    column: line === 1 ? place.column + column - 1 : column,
  }
}
