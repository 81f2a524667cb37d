import type { SourceRule } from '../rule.ts'
import { markupParts } from '../words/author-words.ts'

export const incompleteAddress: SourceRule = {
  code: 'incomplete_address',
  severity: 'warning',
  about: 'An address with a part that may be left out: without it, it leads nowhere.',
  judge({ use, block, observations }) {
    if (use !== 'address' || markupParts(block).every(({ source }) => source.trim() === '')) return []
    return observations.flatMap((observation) => {
      if (observation.type !== 'print') return []
      const { value, part } = observation
      const { expression } = value
      if (expression.type !== 'filter' || expression.name !== 'default' || expression.arguments[0] !== '')
        return []
      return [
        {
          message: `Without \`${part.name}\` this address leads nowhere. Write {% if ${part.name} %} before the whole address and {% endif %} behind it.`,
          place: part.place,
        },
      ]
    })
  },
}
