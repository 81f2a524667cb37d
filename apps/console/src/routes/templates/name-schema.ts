import { EVENT_KINDS, localeSchema, stateProblem, stateSchema, type EventKind } from '@postino/domain'
import { z } from 'zod'

const state = z.union([z.literal(''), stateSchema]).meta({
  description:
    'The state it tells of: one of Postino’s, or the shop’s own word for it. Empty: every state without a text of its own, and kinds that have no states',
  examples: ['shipped'],
})

/** What a template is for, each part by itself. */
export const namePartShape = {
  kind: z
    .enum(EVENT_KINDS)
    .meta({ description: 'The kind of event it tells of', examples: ['order.status_changed'] }),
  state,
  locale: localeSchema.meta({ description: 'The language it is written in, BCP 47', examples: ['it'] }),
}

/** The members of a body that names a template; to be held against each other by `refuseUnknownState`. */
export const nameShape = { ...namePartShape, state: state.default('') }

/** Refuses a state that events of the kind cannot have, in a schema with `nameShape` among its members. */
export function refuseUnknownState(
  { kind, state: given }: { kind: EventKind; state: string },
  context: z.core.$RefinementCtx,
): void {
  const message = stateProblem(kind, given)
  if (message !== undefined)
    context.addIssue({ code: 'custom', path: ['state'], message, params: { code: 'invalid_state' } })
}
