import { findNearMiss } from '@postino/domain'
import type { Expression } from '../../language/tree.ts'
import type { Observation, Value, ValueKind } from '../fields/observation.ts'
import type { ObservationRule } from '../rule.ts'

export const impossibleComparison: ObservationRule = {
  code: 'impossible_comparison',
  severity: 'warning',
  about: 'A comparison that never comes out true, such as with a state there is not.',
  judge: (observations) =>
    observations.flatMap((observation) => {
      if (observation.type !== 'compare') return []
      const message = messageOf(observation)
      return message === undefined ? [] : [{ message, place: observation.compare.place }]
    }),
}

function messageOf({ left, right }: Extract<Observation, { type: 'compare' }>): string | undefined {
  return judge(left, right.expression) ?? judge(right, left.expression)
}

function judge(value: Value, other: Expression): string | undefined {
  const [kind] = value.kinds
  if (kind?.path === undefined || value.expression.type !== 'path') return undefined
  if (kind.node.type !== 'state' || other.type !== 'literal' || typeof other.value !== 'string')
    return undefined
  return judgeState(kind, other.value)
}

function judgeState({ node, path = '' }: ValueKind, state: string): string | undefined {
  const { known, isOpen } = node.states ?? { known: [], isOpen: true }
  if (known.includes(state)) return undefined
  const meant = findNearMiss(state, known)
  if (isOpen)
    return meant === undefined
      ? undefined
      : `Did you mean "${meant}" by "${state}"? If \`${path}\` has such a state of your own, all is well.`
  return `\`${path}\` is never "${state}". It is one of: ${known.join(', ')}.`
}
