import type { Place } from '../../language/template-error.ts'
import type { Block, MarkupPart } from '../../language/tree.ts'
import { MAX_FINDINGS } from '../max-findings.ts'
import { placeIn } from './place-in.ts'

/** Every piece of text the author wrote, in all branches, in the order of the template. */
export function markupParts(block: Block): MarkupPart[] {
  return block.flatMap((part) => {
    switch (part.type) {
      case 'markup':
        return [part]
      case 'print':
        return []
      case 'link':
        return [{ type: 'markup', source: part.text, place: part.place } as const]
      case 'if':
        return [...part.branches.map(({ body }) => body), part.otherwise].flatMap(markupParts)
      case 'for':
        return [part.body, part.otherwise].flatMap(markupParts)
    }
  })
}

/** A piece of the author's own words, with blanks for tags and entities, so that every word keeps its place. */
export type Words = Pick<MarkupPart, 'source' | 'place'>

export function wordsOf(block: Block): Words[] {
  return markupParts(block).map(({ source, place }) => ({ source: withoutTags(source), place }))
}

export interface FoundWords {
  words: string
  place: Place
}

/** Where the words match, a bounded number of times a piece; `pattern` has the flag g. */
export function findWords(words: readonly Words[], pattern: RegExp): FoundWords[] {
  return words.flatMap((piece) =>
    piece.source
      .matchAll(pattern)
      .take(MAX_FINDINGS)
      .map((match) => ({ words: match[0], place: placeIn(piece, match.index) }))
      .toArray(),
  )
}

/** All the words, one piece behind the other. */
export function joined(words: readonly Words[]): string {
  return words.map(({ source }) => source).join('')
}

function withoutTags(source: string): string {
  return /[<&]/.test(source)
    ? source.replaceAll(/<[^<>]*>|&[a-z]{1,8};/gi, (tag) => ' '.repeat(tag.length))
    : source
}
