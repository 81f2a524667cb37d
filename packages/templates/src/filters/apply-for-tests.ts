import { createRegions } from '../locale/region.ts'
import { FILTERS } from './all-filters.ts'
import { createBudget } from './budget.ts'
import type { FilterArgument } from './filter.ts'

export interface Reader {
  locale?: string
  timeZone?: string
  /** RFC 3339. */
  now?: string
}

const regionOf = createRegions()

/** Applies a filter by its name, for a reader in Italy unless told. Blanks that do not break become plain ones. */
export function applyFilter(
  name: string,
  value: unknown,
  filterArguments: FilterArgument[],
  reader: Reader = {},
) {
  const { locale = 'it-IT', timeZone = 'Europe/Rome', now = '2026-11-21T09:00:00Z' } = reader
  const scope = { region: regionOf(locale, timeZone), nowMs: Date.parse(now), budget: createBudget() }
  const result = FILTERS.get(name)?.apply(value, filterArguments, scope)
  return typeof result === 'string' ? result.replaceAll(/[\u00a0\u202f]/g, ' ') : result
}
