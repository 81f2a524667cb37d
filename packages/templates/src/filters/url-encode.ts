import { textFilter } from './filter.ts'
import type { Filter } from './filter.ts'

/** Of longer ones no shop makes a part of an address; as many encoded characters leave room for the rest of it. */
const MAX_CHARS = 200

const HALF_AT_END = /[\uD800-\uDBFF]$/

/**
 * `https://shop.example/orders/{{ order.number | urlencode }}`: a text as a part of an address, whatever stands in it; of a
 * longer one its first 200 UTF-16 units.
 */
export const urlEncode: Filter = textFilter((text) =>
  encodeURIComponent(text.slice(0, MAX_CHARS).replace(HALF_AT_END, '').toWellFormed()),
)
