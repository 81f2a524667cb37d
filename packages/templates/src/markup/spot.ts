import type { Place } from '../language/template-error.ts'
import { placeIn } from './place-in.ts'

/** Something in a part, whose place nobody may ask for: finding its line takes time. */
export interface Spot {
  part: { source?: string; place: Place }
  /** In the part's source. */
  index: number
}

export function placeOf({ part: { source = '', place }, index }: Spot): Place {
  return placeIn({ source, place }, index)
}
