import { cutHtml } from './cut-html.ts'
import { escapeHtml } from './escape-html.ts'
import { SOURCE_LIMIT_BYTES, visibleLength } from './html-text.ts'
import { parseHtml, type Mark } from './parse-html.ts'
import { renderPiece } from './render-piece.ts'

const SEPARATOR = '\n\n'
const START = '<tg-spoiler>'
const END = '</tg-spoiler>'

const MAX_FIRST_LINE_CHARS = 200

/**
 * Hides a text below a line that everybody may see, such as a locked phone shows: it is shown when it is tapped. At most `maxChars`
 * UTF-16 units as people see them; the text is cut where they do not suffice. Of its tags go those that Telegram does not hide
 * (code, and dates), and as many as it takes for the hidden text to stay hidden, since Telegram keeps a hundred entities of a
 * message and drops the others. Valid whatever the text is.
 *
 * @param firstLine plain text
 */
export function hideText(firstLine: string, html: string, maxChars: number): string {
  const line = cutHtml(escapeHtml(firstLine.split(/\s/).filter(Boolean).join(' ')), MAX_FIRST_LINE_CHARS)
  const before = (line === '' ? '' : line + SEPARATOR) + START
  const roomBytes = SOURCE_LIMIT_BYTES - Buffer.byteLength(before) - END.length
  const { text, marks } = parseHtml(cutHtml(html, maxChars - visibleLength(before), roomBytes))
  const hidden = { text, marks: marksToKeep(marks) }
  return before + renderPiece(hidden, 0, text.length) + END
}

export interface HiddenPart {
  before: string
  html: string
  after: string
  /** Of what stands before. */
  visibleChars: number
}

/** The hidden text of what `hideText` made; undefined for any other. */
export function hiddenPart(html: string): HiddenPart | undefined {
  if (!html.endsWith(END)) return undefined
  const [before] = FIRST_LINE.exec(html) ?? []
  if (before === undefined) return undefined
  const hidden = html.slice(before.length, -END.length)
  if (hidden.includes(START)) return undefined
  return { before, html: hidden, after: END, visibleChars: visibleLength(before) }
}

const FIRST_LINE = new RegExp(`^(?:[^<\n]+${SEPARATOR})?${START}`)

/** Of Telegram's hundred, with room for links that are added when a file cannot be sent. */
const MAX_ENTITIES = 70

/** Telegram shows what is in them, and hides only what is around. */
const NEVER_HIDDEN: ReadonlySet<string> = new Set(['code', 'pre', 'tg-time'])
const ALREADY_HIDDEN: ReadonlySet<string> = new Set(['tg-spoiler', 'span'])
/** At these Telegram cuts every style around them, the spoiler too, into one before, one in and one after. */
const CUTTING: ReadonlySet<string> = new Set(['a', 'blockquote', 'tg-emoji'])

function marksToKeep(marks: Mark[]): Mark[] {
  const hideable = withoutTags(marks, ({ name }) => NEVER_HIDDEN.has(name) || ALREADY_HIDDEN.has(name))
  if (countEntities(hideable) <= MAX_ENTITIES) return hideable
  let links = 0
  return withoutTags(marks, ({ name }) => {
    if (name !== 'a') return true
    links += 1
    return 1 + 3 * links > MAX_ENTITIES
  })
}

function withoutTags(marks: Mark[], isUnwanted: (start: Mark) => boolean): Mark[] {
  const open: boolean[] = []
  return marks.filter((mark) => {
    if (mark.startTag === undefined) return open.pop()
    const isKept = !isUnwanted(mark)
    open.push(isKept)
    return isKept
  })
}

/** At most so many entities Telegram makes of a hidden text with these tags. */
function countEntities(marks: Mark[]): number {
  let openStyles = 1
  let count = 1
  for (const { name, startTag } of marks) {
    if (CUTTING.has(name)) count += startTag === undefined ? 0 : 1 + 2 * openStyles
    else if (startTag === undefined) openStyles -= 1
    else {
      openStyles += 1
      count += 1
    }
  }
  return count
}
