import type { Place } from '../../language/template-error.ts'
import type { Observation, Value } from './observation.ts'

export interface ComparedState {
  state: string
  place: Place
}

/** What a template compares the field with that chooses among its kind's templates. */
export function comparedStates(
  observations: readonly Observation[],
  statePath: string | undefined,
): ComparedState[] {
  return observations.flatMap((observation) => {
    if (observation.type !== 'compare' || statePath === undefined) return []
    const { compare, left, right } = observation
    const state = literalBeside(left, right, statePath) ?? literalBeside(right, left, statePath)
    return state === undefined ? [] : [{ state, place: compare.place }]
  })
}

function literalBeside(field: Value, { expression }: Value, statePath: string): string | undefined {
  const isState = field.expression.type === 'path' && field.kinds[0]?.path === statePath
  return isState && expression.type === 'literal' && typeof expression.value === 'string'
    ? expression.value
    : undefined
}
