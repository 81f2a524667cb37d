import type { Filter } from './filter.ts'

/** `default("…")`: stands in for what is missing, null or blank. Only this filter sees missing values. */
export const defaultValue: Filter = {
  minArguments: 1,
  maxArguments: 1,
  takesMissing: true,
  apply: (value, [substitute]) => (isBlank(value) ? substitute : value),
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}
