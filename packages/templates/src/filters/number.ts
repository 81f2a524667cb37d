import type { Filter } from './filter.ts'
import { filter, FilterError } from './filter.ts'

/** `{{ item.qty | number }}`: a number as the language writes it, 1.5 being `1,5` in Italian; three decimals at most. */
export const number: Filter = filter((value, { region }) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new FilterError('takes a number')
  return region.formats.number().format(value)
})
