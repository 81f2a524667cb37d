import { comparedStates } from '../fields/compared-states.ts'
import type { SourceRule } from '../rule.ts'

export const impossibleState: SourceRule = {
  code: 'impossible_state',
  severity: 'warning',
  about: 'A template for one state that asks whether the state is another one.',
  judge: ({ observations, statePath, state: own }) =>
    own === ''
      ? []
      : comparedStates(observations, statePath)
          .filter(({ state }) => state !== own)
          .map(({ state, place }) => ({
            message: `This text is for the state “${own}” alone, so \`${statePath}\` is never "${state}" here.`,
            place,
          })),
}
