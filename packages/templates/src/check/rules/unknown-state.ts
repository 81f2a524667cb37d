import { findNearMiss, stateFieldOf } from '@postino/domain'
import type { Catalogue } from '../fields/catalogue.ts'
import type { Rule, RuleFinding } from '../rule.ts'

export const unknownState = {
  code: 'unknown_state',
  severity: 'warning',
  about: 'A template for a state that events of its kind never have, so that it is never used.',
  judge(catalogue: Catalogue, state: string): RuleFinding[] {
    const message = state === '' ? undefined : messageOf(catalogue, state)
    return message === undefined ? [] : [{ message }]
  },
} satisfies Rule & { judge: unknown }

function messageOf({ kind, fields }: Catalogue, state: string): string | undefined {
  const { states } = stateFieldOf(kind, fields) ?? {}
  if (states === undefined) return `Events of this kind have no states: this text is never used.`
  if (states.known.includes(state)) return undefined
  if (!states.isOpen) return `“${state}” is never the state. It is one of: ${states.known.join(', ')}.`
  const meant = findNearMiss(state, states.known)
  return meant === undefined
    ? undefined
    : `Did you mean the state “${meant}” by “${state}”? If it is a state of your own, all is well.`
}
