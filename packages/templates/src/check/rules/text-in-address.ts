import { hasNoBlanks } from '../fields/has-no-blanks.ts'
import type { Expression } from '../../language/tree.ts'
import { pathsShown } from '../fields/paths-shown.ts'
import type { Observation } from '../fields/observation.ts'
import type { RuleFinding, SourceRule } from '../rule.ts'

export const textInAddress: SourceRule = {
  code: 'text_in_address',
  severity: 'warning',
  about: 'A text as an address or a part of one: with a blank in it the message could not be sent.',
  judge({ use, block, observations }) {
    if (use !== 'address') return []
    return observations.flatMap((observation) =>
      observation.type === 'print' ? judgePrint(observation, observation.part === block[0]) : [],
    )
  },
}

function judgePrint(
  { part, value }: Extract<Observation, { type: 'print' }>,
  isBeginning: boolean,
): RuleFinding[] {
  const isText = value.kinds.some(
    ({ node, isSubstitute }) => isSubstitute !== true && (node.type === 'text' || node.type === 'state'),
  )
  const path = pathsShown(value.expression).find((shown) => !hasNoBlanks(shown))
  if (!isText || path === undefined || (!isBeginning && isEncoded(value.expression))) return []
  const message = isBeginning
    ? `\`${path}\` is no address. Use a field that is one, or begin with https://.`
    : `\`${path}\` may hold a blank, and such an address keeps the message from being sent. Write {{ ${path} | urlencode }}.`
  return [{ message, place: part.place }]
}

function isEncoded(expression: Expression): boolean {
  return expression.type === 'filter' && expression.name === 'urlencode'
}
