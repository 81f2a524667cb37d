import { decodeEntities } from './html-entities.ts'
import { readTag, type Tag } from './read-tag.ts'
import { nestingProblem, TELEGRAM_TAGS } from './telegram-tags.ts'

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
  for (;;) {
    const tagStart = html.indexOf('<', position)
    const run = tagStart === -1 ? html.slice(position) : html.slice(position, tagStart)
    const decoded = decodeEntities(run)
    if (decoded.status === 'invalid') return decoded
    text += decoded.text
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
  const misplaced = nestingProblem(tag.name, open)
  if (misplaced !== undefined) return misplaced
  const problem = problemOf(tag.attributes, open.at(-1))
  open.push(tag.name)
  return problem === undefined ? undefined : `<${tag.name}>: ${problem}`
}

function invalid(detail: string): HtmlCheck {
  return { status: 'invalid', detail }
}
