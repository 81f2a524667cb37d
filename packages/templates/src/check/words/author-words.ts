import type { Place } from '../../language/template-error.ts'
import type { Block, MarkupPart } from '../../language/tree.ts'
import { placeIn } from '../../markup/place-in.ts'

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

export interface FoundWords {
  words: string
  place: Place
}

/** Where the author's own words match; `pattern` has the flag g. Tags and entities count as blanks. */
export function findWords(block: Block, pattern: RegExp): FoundWords[] {
  return markupParts(block).flatMap((part) =>
    [...withoutTags(part.source).matchAll(pattern)].map((match) => ({
      words: match[0],
      place: placeIn(part, match.index),
    })),
  )
}

/** All the author's own words, one piece behind the other. */
export function allWords(block: Block): string {
  return markupParts(block)
    .map(({ source }) => withoutTags(source))
    .join('')
}

/** Of the same length, so that every word keeps its place. */
function withoutTags(source: string): string {
  return source.replaceAll(/<[^<>]*>|&[a-z]{1,8};/gi, (tag) => ' '.repeat(tag.length))
}
