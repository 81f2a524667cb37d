import type { DateStyle } from '../locale/formats.ts'
import { DATE_STYLES } from '../locale/formats.ts'
import type { Filter, FilterArgument } from './filter.ts'
import { filter, FilterError } from './filter.ts'

/** `{{ order.placed_at | date }}` or `date("short")`; `long` unless told. */
export const date: Filter = {
  minArguments: 0,
  maxArguments: 1,
  apply: (value, [style], { region }) => region.formats.date(styleOf(style)).format(instantOf(value)),
}

/** `{{ order.placed_at | time }}`: hours and minutes. */
export const time: Filter = filter((value, { region }) => region.formats.time().format(instantOf(value)))

/** `{{ order.placed_at | datetime }}` or `datetime("short")`. */
export const datetime: Filter = {
  minArguments: 0,
  maxArguments: 1,
  apply: (value, [style], { region }) => region.formats.dateTime(styleOf(style)).format(instantOf(value)),
}

function styleOf(style: FilterArgument | undefined): DateStyle {
  const known = style === undefined ? 'long' : DATE_STYLES.find((name) => name === style)
  if (known === undefined) throw new FilterError(`takes one of the styles ${DATE_STYLES.join(', ')}`)
  return known
}

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/i

/** Milliseconds since 1970 of an RFC 3339 time, as events carry them. */
export function instantOf(value: unknown): number {
  const instantMs = typeof value === 'string' ? instantMsOf(value) : undefined
  if (instantMs === undefined) throw new FilterError('takes a time such as 2026-11-21T09:30:00Z')
  return instantMs
}

/** As instantOf; undefined for any other text. */
export function instantMsOf(text: string): number | undefined {
  const instantMs = RFC_3339.test(text) ? Date.parse(text.toUpperCase()) : Number.NaN
  return Number.isNaN(instantMs) ? undefined : instantMs
}
