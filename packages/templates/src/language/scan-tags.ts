import { placeAt } from './place-at.ts'
import { TemplateError } from './template-error.ts'

/** A tag of the language: `{{ … }}` or `{% word … %}`. */
export interface Tag {
  opener: '{{' | '{%'
  index: number
  /** The first name in it. */
  word: string
  /** Whether anything stands behind the word. */
  hasMore: boolean
  /** How many names, values and signs stand in it, blanks left out. */
  tokens: number
}

/** The parser calls itself about five times for each bracket. */
const MAX_BRACKETS = 64

/** Names, values and signs between the brackets of tags: what the parser works on. Long templates have a few hundred. */
const MAX_TOKENS = 1500

/**
 * Finds the tags of a template as the parser's own lexer would, without its work. Throws a TemplateError for a tag, a comment, a
 * text in quotes or a `{% raw %}` that never ends.
 */
export function scanTags(source: string): Tag[] {
  const tags: Tag[] = []
  let [position, tokens] = [0, 0]
  for (;;) {
    OPENER.lastIndex = position
    const opener = OPENER.exec(source)
    if (opener === null) return tags
    const { index } = opener
    if (opener[0] === '#}')
      throw problem(
        source,
        index,
        '“#}” ends a comment that never began: leave out one of its two characters.',
      )
    if (opener[0] === '{#') position = endOfComment(source, index)
    else {
      const { tag, end } = scanTag(source, { index, opener: opener[0] === '{{' ? '{{' : '{%' })
      tags.push(tag)
      tokens += tag.tokens
      if (tokens > MAX_TOKENS) throw tooManyParts(source, index)
      const isRaw = tag.opener === '{%' && (tag.word === 'raw' || tag.word === 'verbatim')
      position = isRaw ? endOfRaw(source, { start: index, end, word: tag.word }) : end
    }
  }
}

const OPENER = /\{[{%#]|#\}/g

function endOfComment(source: string, index: number): number {
  const end = source.indexOf('#}', index + 2)
  if (end === -1)
    throw problem(source, index, 'The comment that begins here is never closed: write “#}” where it ends.')
  return end + 2
}

/** Of raw text the parser looks for nothing but the tags that begin and end it, written in just this way. */
function endOfRaw(
  source: string,
  { start, end, word }: { start: number; end: number; word: string },
): number {
  const tag = new RegExp(String.raw`\{%\s*(?:${word}|(end${word}))\s*%\}`, 'g')
  tag.lastIndex = end
  for (let depth = 1; depth > 0;) {
    const found = tag.exec(source)
    if (found === null)
      throw problem(source, start, `{% ${word} %} is never closed: write {% end${word} %} where it ends.`)
    depth += found[1] === undefined ? 1 : -1
  }
  return tag.lastIndex
}

/** The tokens of the lexer that decide where a tag ends: a text in quotes, an end, a regular expression, a name, a number. */
const TOKEN =
  /(?<quoted>"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*')|(?<end>-?(?:%\}|\}\}))|(?<regex>r\/)|\d+\.\d*|(?<name>(?!["'])[^ \n\t\r\u00a0()[\]{}%*\-+~/#,:|.<>=!]+)|[^]/y

interface Opening {
  index: number
  opener: Tag['opener']
}

function scanTag(source: string, { index, opener }: Opening): { tag: Tag; end: number } {
  const tag: Tag = { opener, index, word: '', hasMore: false, tokens: 0 }
  let brackets = 0
  let previous = ''
  TOKEN.lastIndex = index + 2 + (source[index + 2] === '-' ? 1 : 0)
  for (let token = TOKEN.exec(source); token !== null; token = TOKEN.exec(source)) {
    const [text] = token
    const { quoted, end, regex, name } = token.groups ?? {}
    if (end !== undefined) {
      checkEnd(source, { index, opener }, token.index)
      return { tag, end: TOKEN.lastIndex }
    }
    if (regex !== undefined) throw problem(source, token.index, 'Templates have no regular expressions.')
    if (quoted === undefined && /^["']/.test(text)) throw unclosedText(source, token.index)
    if (quoted !== undefined && /\n|\}\}|%\}/.test(quoted)) throw unclosedText(source, token.index)
    // A group of fields in another one, which only this could be, is not offered anyway.
    if (/^\{[{%]/.test(source.slice(token.index, token.index + 2))) break
    brackets += bracketStep(text)
    if (brackets > MAX_BRACKETS)
      throw problem(source, token.index, 'Here too many brackets stand inside each other.')
    if (/^\s/.test(text)) continue
    // The parser would take the last brackets behind a filter for all.
    if (previous === ')' && text === '(')
      throw problem(source, token.index, 'Templates cannot call functions.')
    previous = text
    tag.tokens += 1
    if (tag.tokens > MAX_TOKENS) throw tooManyParts(source, token.index)
    if (tag.word === '') tag.word = name ?? text
    else tag.hasMore = true
  }
  throw problem(source, index, `“${opener}” is never closed: write “${endOf(opener)}” where it ends.`)
}

function bracketStep(text: string): number {
  if (text === '(' || text === '[' || text === '{') return 1
  return text === ')' || text === ']' || text === '}' ? -1 : 0
}

function checkEnd(source: string, { index, opener }: Opening, endIndex: number): void {
  const end = source.startsWith('-', endIndex) ? endIndex + 1 : endIndex
  if (source.startsWith(endOf(opener), end)) return
  throw problem(
    source,
    endIndex,
    `“${opener}” of column ${placeAt(source, index).column} is closed by “${endOf(opener)}”.`,
  )
}

function endOf(opener: Tag['opener']): string {
  return opener === '{{' ? '}}' : '%}'
}

function tooManyParts(source: string, index: number): TemplateError {
  return problem(source, index, 'The template has too many parts. Make it shorter.')
}

function unclosedText(source: string, index: number): TemplateError {
  return problem(
    source,
    index,
    'The text in quotes that begins here is never closed: write the same quote where it ends.',
  )
}

function problem(source: string, index: number, sentence: string): TemplateError {
  return new TemplateError(sentence, placeAt(source, index))
}
