import type { Part } from '../language/tree.ts'
import type { MarkupCode } from './markup-finding.ts'
import { TELEGRAM_TAGS } from './telegram-tags.ts'
import { wayOutOfTag } from './ways-out.ts'

/** A "<" that begins no complete tag. */
export interface Bracket {
  code: MarkupCode
  message: string
  /** So much of the source belongs to it, in UTF-16 units. */
  length: number
  /** The tag the author had in mind. */
  meant?: { name: string; closing: boolean }
  /** Whether it goes on behind what stands next in the template. */
  isSplit?: boolean
}

/** Says what is wrong at the beginning of `source`, the rest of a part, with what follows the part in its block. */
export function explainBracket(source: string, next: Part | 'end_of_branch' | undefined): Bracket {
  if (source.startsWith('<!--')) {
    const end = source.indexOf('-->')
    const message = 'Telegram has no comments <!-- … -->: write {# … #}, which is left out of the message.'
    return { code: 'markup_bracket', message, length: end === -1 ? 4 : end + 3 }
  }
  const [opening = '', slash, name = ''] = NAME.exec(source) ?? []
  const end = source.slice(1).search(/[<>]/) + 1
  const isClosed = source[end] === '>'
  if (end === 0 && next !== undefined && (name !== '' || /^<\/?$/.test(source))) return splitTag(source, next)
  if (name === '') return { code: 'markup_bracket', message: LONE, length: 1 }
  const meant = { name: name.toLowerCase(), closing: slash === '/' }
  if (!TELEGRAM_TAGS.has(meant.name) && isClosed)
    return { code: 'markup_unknown_tag', message: wayOutOfTag(meant.name), length: end + 1 }
  if (!isClosed) return { code: 'markup_bracket', message: unfinished(opening), length: opening.length }
  return {
    code: 'markup_attribute',
    message: explainWriting(source.slice(0, end + 1), meant),
    length: end + 1,
    meant,
  }
}

const NAME = /^<(\/?)([a-zA-Z][a-zA-Z0-9-]*)/

const LONE = 'A “<” begins a tag, and none follows. Write &lt; for the character.'

function unfinished(opening: string): string {
  return `${opening} is not finished: write > where the tag ends, or &lt; for the character “<”.`
}

function splitTag(source: string, next: Part | 'end_of_branch'): Bracket {
  const [, slash, name = ''] = NAME.exec(source) ?? []
  const isCutOff = next === 'end_of_branch'
  const type = isCutOff ? 'if' : next.type
  const shared = {
    code: 'markup_split_tag' as const,
    length: source.length,
    isSplit: !isCutOff,
    ...(name !== '' && !isCutOff && { meant: { name: name.toLowerCase(), closing: slash === '/' } }),
  }
  if (/^<a\s[^]*href\s*=/i.test(source)) {
    const message =
      type === 'print'
        ? 'A link has an address that is written out, or one field that holds the whole address: <a href="{{ … }}">.'
        : 'A link stands in one piece. Write the whole link in each branch.'
    return { ...shared, message }
  }
  const message =
    type === 'print' || type === 'link'
      ? 'No value may stand inside a tag. Close the tag with > before it, or write &lt; for the character “<”.'
      : 'A tag stands in one piece. Write the whole tag in each branch, or &lt; for the character “<”.'
  return { ...shared, message }
}

function explainWriting(tag: string, { name, closing }: { name: string; closing: boolean }): string {
  if (closing) return `</${name}> is written without anything else in it.`
  if (tag.endsWith('/>')) return `<${name}/> is no tag: write <${name}>…</${name}>.`
  if (/=\s*(?!["\s])/.test(tag) || /\s=|=\s/.test(tag))
    return `In <${name}> write each value in double quotes, without blanks around the =, as in <a href="https://…">.`
  if (/[^\P{White_Space} \t\r\n]/u.test(tag))
    return `<${name}> holds a special blank: delete it and type a plain one.`
  return `<${name}> is not written as Telegram wants it: small letters, and each value in double quotes, as in <a href="https://…">.`
}
