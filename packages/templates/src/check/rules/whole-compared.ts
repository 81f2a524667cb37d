import type { Expression } from '../../language/tree.ts'
import type { Value } from '../fields/observation.ts'
import { TYPE_WORDS } from '../fields/words.ts'
import type { ObservationRule } from '../rule.ts'

export const wholeCompared: ObservationRule = {
  code: 'whole_compared',
  severity: 'error',
  about: 'An amount of money, a list or a group of fields compared as a whole.',
  judge: (observations) =>
    observations.flatMap((observation) => {
      if (observation.type !== 'compare') return []
      const { compare, left, right } = observation
      const message = judge(left, right.expression) ?? judge(right, left.expression)
      return message === undefined ? [] : [{ message, place: compare.place }]
    }),
}

function judge({ kinds, expression }: Value, other: Expression): string | undefined {
  const [kind] = kinds
  if (kind?.path === undefined || expression.type !== 'path' || isNone(other)) return undefined
  const { path, node } = kind
  switch (node.type) {
    case 'money':
      return `\`${path}\` is ${TYPE_WORDS.money}: compare \`${path}.amount\`.`
    case 'list':
      return `\`${path}\` is ${TYPE_WORDS.list}: compare its length, {% if (${path} | length) > 3 %}.`
    case 'group':
      return `\`${path}\` is ${TYPE_WORDS.group}: compare one of them, such as \`${path}.${[...node.members.keys()][0] ?? '…'}\`.`
    case 'text':
    case 'number':
    case 'time':
    case 'link':
    case 'state':
    case 'yes_no':
    case 'anything':
      return undefined
  }
}

/** Whether something is there may be asked of anything. */
function isNone(expression: Expression): boolean {
  return expression.type === 'literal' && expression.value === null
}
