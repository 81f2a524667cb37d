import { decodeEntities } from './html-entities.ts'
import type { Attributes } from './telegram-tags.ts'
import { TELEGRAM_TAGS } from './telegram-tags.ts'

/** `text` is what people see: without tags, entities decoded. */
export type HtmlCheck = { status: 'valid'; text: string } | { status: 'invalid'; detail: string }

/**
 * Checks a text against Telegram's HTML (https://core.telegram.org/bots/api#html-style), more strictly than Telegram,
 * which silently drops links it dislikes and attributes it does not know, and shows `&nbsp;` as it stands. The detail
 * names what is allowed or expected, never what was found: a careless template can let a customer's name become a tag.
 */
export function checkHtml(html: string): HtmlCheck {
  const open: string[] = []
  let text = ''
  let position = 0
  while (position < html.length) {
    const tagStart = html.indexOf('<', position)
    const run = decodeEntities(html.slice(position, tagStart === -1 ? html.length : tagStart))
    if (run.status === 'invalid') return run
    text += run.text
    if (tagStart === -1) break
    const tag = readTag(html, tagStart)
    if (tag === undefined) return invalid('a "<" begins no complete tag; write &lt; for the character')
    const problem = tag.closing ? closeTag(open, tag.name) : openTag(open, tag)
    if (problem !== undefined) return invalid(problem)
    position = tagStart + tag.length
  }
  const unclosed = open.at(-1)
  return unclosed === undefined ? { status: 'valid', text } : invalid(`<${unclosed}> is never closed`)
}

/**
 * The length of what people see, in UTF-16 units: tags do not count, an entity counts as what it stands for. Takes
 * HTML that checkHtml accepts.
 */
export function visibleLength(html: string): number {
  const text = html.replaceAll(/<[^<>]*>/g, '')
  const decoded = decodeEntities(text)
  return decoded.status === 'decoded' ? decoded.text.length : text.length
}

interface Tag {
  name: string
  closing: boolean
  attributes: Attributes
  /** UTF-16 units in the source. */
  length: number
}

/** Values stand in double quotes only: our escaping keeps a value of an event inside those. */
const TAG = /<(\/?)([a-z][a-z-]*)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*>/iy
const ATTRIBUTE = /([a-z-]+)(?:="([^"<>]*)")?/gi

function readTag(html: string, position: number): Tag | undefined {
  TAG.lastIndex = position
  const match = TAG.exec(html)
  if (match === null) return undefined
  const [source, slash, name = '', attributes = ''] = match
  const pairs = [...attributes.matchAll(ATTRIBUTE)].map(
    ([, key = '', value = '']) => [key.toLowerCase(), value] as const,
  )
  return {
    name: name.toLowerCase(),
    closing: slash === '/',
    attributes: new Map(pairs),
    length: source.length,
  }
}

function closeTag(open: string[], name: string): string | undefined {
  const last = open.pop()
  if (last === name) return undefined
  return last === undefined
    ? 'a closing tag closes nothing'
    : `a closing tag stands where </${last}> is expected`
}

function openTag(open: string[], tag: Tag): string | undefined {
  const problemOf = TELEGRAM_TAGS.get(tag.name)
  if (problemOf === undefined)
    return `Telegram knows only these tags: ${[...TELEGRAM_TAGS.keys()].join(', ')}`
  const parent = open.at(-1)
  if (parent === 'code' || (parent === 'pre' && tag.name !== 'code')) {
    return `<${tag.name}> may not stand inside <${parent}>`
  }
  if (NEVER_NESTED.has(tag.name) && open.includes(tag.name)) {
    return `<${tag.name}> may not stand inside another one`
  }
  open.push(tag.name)
  const problem = problemOf(tag.attributes, parent)
  return problem === undefined ? undefined : `<${tag.name}>: ${problem}`
}

/** Telegram's documentation forbids it; its parser would drop one of the two. */
const NEVER_NESTED: ReadonlySet<string> = new Set(['a', 'blockquote'])

function invalid(detail: string): HtmlCheck {
  return { status: 'invalid', detail }
}
