import { createBudget } from '../../filters/budget.ts'
import { FilterError } from '../../filters/filter.ts'
import type { Filtered } from '../../language/tree.ts'
import type { SourceRule, SourceToJudge } from '../rule.ts'

export const filterArgument: SourceRule = {
  code: 'filter_argument',
  severity: 'error',
  about: 'Something in the brackets of a filter that it does not take, such as `date("dd/MM")`.',
  judge: (source) =>
    source.observations.flatMap((observation) => {
      if (observation.type !== 'filter') return []
      const { filter } = observation
      const problem = problemOf(filter, source)
      return problem === undefined
        ? []
        : [{ message: `The filter “${filter.name}” ${problem}.`, place: filter.place }]
    }),
}

/** Whatever stands in the brackets is known now, so the filter is tried with values it takes. */
function problemOf(
  { name, filter, arguments: given }: Filtered,
  { region }: SourceToJudge,
): string | undefined {
  if (given.length === 0) return undefined
  try {
    for (const value of VALUES.get(name) ?? ['x'])
      filter.apply(value, given, { region, nowMs: 0, budget: createBudget() })
    return undefined
  } catch (error) {
    if (error instanceof FilterError) return error.message
    throw error
  }
}

const TIMES = ['2026-11-21T09:30:00Z']

/** Values of the right type for the filters that do not take a text. Numbers of every kind of plural. */
const VALUES: ReadonlyMap<string, readonly unknown[]> = new Map<string, readonly unknown[]>([
  ['date', TIMES],
  ['datetime', TIMES],
  ['plural', [0, 1, 2, 5, 1.5, 1_000_000]],
  ['join', [[]]],
  ['list', [[]]],
])
