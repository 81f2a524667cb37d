import type { MarkupPart } from '../../language/tree.ts'
import { placeIn } from '../words/place-in.ts'
import type { SourceRule, SourceToJudge } from '../rule.ts'
import { markupParts } from '../words/author-words.ts'
import { beginnings } from '../words/beginnings.ts'

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

function insecureIn({ use, block }: SourceToJudge): Pick<MarkupPart, 'place'>[] {
  if (use === 'address') return beginnings(block).filter(({ source }) => /^\s*http:\/\//i.test(source))
  if (use !== 'text') return []
  return markupParts(block).flatMap((part) =>
    [...part.source.matchAll(/(?<=href=["'])http:\/\//gi)].map(({ index }) => ({
      place: placeIn(part, index),
    })),
  )
}
