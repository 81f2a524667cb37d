import type { FileLink } from '@postino/domain'
import { cutHtml } from './cut-html.ts'
import { escapeHtml } from './escape-html.ts'
import { END, SEPARATOR, START } from './hidden-part.ts'
import { SOURCE_LIMIT_BYTES, visibleLength } from './html-text.ts'
import { parseHtml, type Mark } from './parse-html.ts'
import { renderPiece } from './render-piece.ts'
import { withLinks } from './with-links.ts'

const MAX_FIRST_LINE_CHARS = 200

/**
 * Hides a text, and links below it, below a line that everybody may see, such as a locked phone shows: it is shown when it is tapped.
 * At most `maxChars` UTF-16 units as people see them; the text is cut where they do not suffice. Of its tags go those that Telegram
 * does not hide (code, and dates), and as many as it takes for the hidden text to stay hidden, since Telegram keeps a hundred
 * entities of a message and drops the others. Valid whatever the text is.
 *
 * @param firstLine plain text; without any of it all is hidden
 */
export function hideText(
  firstLine: string,
  html: string,
  { links = [], maxChars }: { links?: readonly FileLink[]; maxChars: number },
): string {
  const line = cutHtml(escapeHtml(firstLine.split(/\s/).filter(Boolean).join(' ')), MAX_FIRST_LINE_CHARS)
  const before = (line === '' ? '' : line + SEPARATOR) + START
  const roomBytes = SOURCE_LIMIT_BYTES - Buffer.byteLength(before) - END.length
  const { text, marks } = parseHtml(withLinks(html, links, maxChars - visibleLength(before), roomBytes))
  return before + renderPiece({ text, marks: marksToKeep(marks) }, 0, text.length) + END
}

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
