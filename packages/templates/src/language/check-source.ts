import { checkBlocks } from './check-blocks.ts'
import { placeAt } from './place-at.ts'
import { scanTags } from './scan-tags.ts'
import { TemplateError } from './template-error.ts'

const MAX_CHARS = 8000
const MAX_BLOCK_TAGS = 100

/** The parser takes blanks before a tag away in time that grows with the square of their number. */
const TOO_MANY_BLANKS = /\s{200}/

/**
 * What is checked before the parser sees a template, in little time: its size, its characters, how its tags begin
 * and end. It keeps the parser's recursion and work small, and finds the place of most slips of the pen, which the parser would
 * notice at the end of the text only. Throws a TemplateError.
 */
export function checkSource(source: string): void {
  // What comes of a row of the database need not be what its type says.
  if (typeof source !== 'string') throw new TemplateError('A template is a text.')
  if (source.length > MAX_CHARS) throw new TemplateError(`A template has at most ${MAX_CHARS} characters.`)
  if (!source.isWellFormed())
    throw new TemplateError('The text holds half a character (a lone surrogate). Type that character again.')
  refuseAt(
    source,
    /[^\P{Cc}\t\r\n]/u,
    'The text holds a control character. Delete it and what is invisible around it.',
  )
  refuseAt(
    source,
    TOO_MANY_BLANKS,
    'There are 200 or more blanks or empty lines in a row. Leave most of them out.',
  )
  const tags = scanTags(source)
  const blocks = tags.filter(({ opener }) => opener === '{%')
  const tooMany = blocks[MAX_BLOCK_TAGS]
  if (tooMany !== undefined)
    throw new TemplateError(
      `A template has at most ${MAX_BLOCK_TAGS} tags {% … %}.`,
      placeAt(source, tooMany.index),
    )
  checkBlocks(source, blocks)
}

function refuseAt(source: string, pattern: RegExp, sentence: string): void {
  const index = source.search(pattern)
  if (index !== -1) throw new TemplateError(sentence, placeAt(source, index))
}
