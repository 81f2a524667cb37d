import type { Block, MarkupPart, Part } from '../../language/tree.ts'
import { placeIn } from '../../markup/place-in.ts'
import { markupParts } from '../words/author-words.ts'
import type { RuleFinding, SourceRule, SourceToJudge } from '../rule.ts'

export const notAnAddress: SourceRule = {
  code: 'not_an_address',
  severity: 'error',
  about: 'The address of a button or a file that does not begin with https://.',
  judge({ use, block }) {
    if (use !== 'address') return []
    return beginnings(block)
      .filter(({ source }) => !/^\s*(?:https?:\/\/|$)/i.test(source))
      .map(({ place }) => ({ message: 'An address begins with https://.', place }))
  },
}

export const insecureAddress: SourceRule = {
  code: 'insecure_address',
  severity: 'warning',
  about: 'An address that begins with http://: who reads on a foreign network can be read along.',
  judge: (source) =>
    insecureIn(source).map(({ place }) => ({
      message: 'This address is not encrypted. Write https:// if your shop has it.',
      place,
    })),
}

export const textInAddress: SourceRule = {
  code: 'text_in_address',
  severity: 'warning',
  about: 'A text as an address or a part of one: with a blank in it the message could not be sent.',
  judge({ use, observations }) {
    if (use !== 'address') return []
    return observations.flatMap((observation): RuleFinding[] => {
      if (observation.type !== 'print') return []
      const kind = observation.value.kinds.find(
        ({ node, path = '.id', isSubstitute }) =>
          isSubstitute !== true && node.type === 'text' && !WITHOUT_BLANKS.test(path),
      )
      return kind === undefined
        ? []
        : [
            {
              message: `\`${kind.path}\` may hold a blank, and such an address keeps the message from being sent. Use a field that is an address, or an id.`,
              place: observation.part.place,
            },
          ]
    })
  },
}

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

/** The ids of shops have no blanks. */
const WITHOUT_BLANKS = /\.(?:id|token|currency)$/

/** What an address begins with, in every branch, when it begins with the author's own words. */
function beginnings(block: Block): MarkupPart[] {
  const [first, ...rest] = block
  if (first === undefined) return []
  if (first.type === 'markup') return first.source.trim() === '' ? beginnings(rest) : [first]
  return bodiesOf(first).flatMap(beginnings)
}

function bodiesOf(part: Part): Block[] {
  if (part.type === 'if') return [...part.branches.map(({ body }) => body), part.otherwise]
  return part.type === 'for' ? [part.body, part.otherwise] : []
}

function insecureIn({ use, block }: SourceToJudge): Pick<MarkupPart, 'place'>[] {
  if (use === 'address') return beginnings(block).filter(({ source }) => /^\s*http:\/\//i.test(source))
  if (use !== 'text') return []
  return markupParts(block).flatMap((part) =>
    [...part.source.matchAll(/(?<=href=["'])http:\/\//gi)].map(({ index }) => ({
      place: placeIn(part, index),
    })),
  )
}
