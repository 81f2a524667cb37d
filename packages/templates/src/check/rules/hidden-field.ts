import type { HiddenField } from '@postino/domain'
import { prefixesOf } from '../fields/resolve-path.ts'
import type { Observation } from '../fields/observation.ts'
import type { ObservationRule } from '../rule.ts'

export const hiddenField: ObservationRule = {
  code: 'hidden_field',
  severity: 'error',
  about:
    'The id, e-mail address or phone number of a person, who else is told, or what means nothing to people.',
  judge: (observations) =>
    observations.flatMap((observation) => {
      if (observation.type !== 'broken_path') return []
      const hidden = hiddenReasonOf(observation)
      return hidden === undefined
        ? []
        : [{ message: MESSAGES[hidden.reason](hidden.path), place: observation.path.place }]
    }),
}

/** What an event carries and a template may not read, when that is what the path leads to. */
export function hiddenReasonOf({
  path,
  scope,
}: Extract<Observation, { type: 'broken_path' }>): HiddenField | undefined {
  if (scope.variables.has(path.root)) return undefined
  const prefixes = prefixesOf(path)
  return scope.catalogue.hidden().find((hidden) => prefixes.includes(hidden.path))
}

const MESSAGES: Record<HiddenField['reason'], (path: string) => string> = {
  personal: (path) =>
    `\`${path}\` is not shown in messages: the reader may be somebody else. A person has \`name.first\` and \`name.last\` here; what must be said all the same goes into \`extra\`.`,
  technical: (path) => `\`${path}\` is for programs and means nothing to people. Leave it out.`,
}
