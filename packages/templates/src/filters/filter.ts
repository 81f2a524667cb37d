import type { Region } from '../locale/region.ts'
import type { Budget } from './budget.ts'

/** Templates write the arguments of a filter as literals. */
export type FilterArgument = string | number | boolean | null

/** What a filter may know beside its value: where the reader is, and the time. */
export interface FilterScope {
  region: Region
  nowMs: number
  /** For filters that read data themselves; what a text costs that goes in is counted by the interpreter. */
  budget: Budget
}

/**
 * A filter of the template language. It gets a value that is there (what is missing passes by, unless `takesMissing`), a text
 * of at most MAX_TEXT_CHARS among them, takes time in proportion to it, returns plain text or data, never markup, and throws a
 * FilterError for what it cannot use.
 */
export interface Filter {
  minArguments: number
  maxArguments: number
  takesMissing?: boolean
  /** What a call costs beside its text, when it is more than usual. */
  steps?: number
  apply(value: unknown, filterArguments: readonly FilterArgument[], scope: FilterScope): unknown
}

/** A filter got something it cannot use. The message says what it takes; it never repeats the value. */
export class FilterError extends Error {
  override readonly name = 'FilterError'
}

/** A filter without arguments. */
export function filter(apply: (value: unknown, scope: FilterScope) => unknown): Filter {
  return { minArguments: 0, maxArguments: 0, apply: (value, _none, scope) => apply(value, scope) }
}

/** A filter of texts without arguments; numbers are taken as texts. */
export function textFilter(apply: (text: string, scope: FilterScope) => string): Filter {
  return filter((value, scope) => apply(textOf(value), scope))
}

/** The text of a value that can be printed. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new FilterError('takes a text')
}
