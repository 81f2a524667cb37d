import type { FileLink } from '@postino/domain'
import { escapeHtml, escapeHtmlAttribute } from './escape-html.ts'
import { isBlank } from './find-break.ts'
import { cutHtml, SOURCE_LIMIT_BYTES } from './html-text.ts'
import { parseHtml } from './parse-html.ts'

const SEPARATOR = '\n\n'
const MAX_NAME_CHARS = 100
const NAMELESS = 'link'
// With less text than this, its markup is what takes the room.
const LEAST_MARKED_UNITS = 128

/**
 * Puts links below a text, each on a line of its own. What does not fit is cut from the text, as the links are what the
 * message is about; only where the links alone are too much are their names shortened, then the last ones left out. Valid
 * whatever the text is, at most `maxChars` UTF-16 units as people see it, and no larger than Telegram reads.
 *
 * @param links their addresses have been checked: one that Telegram dislikes it shows as plain text
 */
export function withLinks(html: string, links: FileLink[], maxChars: number): string {
  const { lines, visibleChars } = linesThatFit(links, maxChars)
  if (lines === '') return cutToFit(html, maxChars, SOURCE_LIMIT_BYTES)
  if (isBlank(parseHtml(html).text)) return lines
  const roomBytes = SOURCE_LIMIT_BYTES - Buffer.byteLength(lines) - SEPARATOR.length
  const text = cutToFit(html, maxChars - visibleChars - SEPARATOR.length, roomBytes)
  return text === '' ? lines : `${text}${SEPARATOR}${lines}`
}

/** Every link, or the first ones; with whole names, or with the same room for each. */
function linesThatFit(links: FileLink[], maxChars: number): { lines: string; visibleChars: number } {
  for (let count = links.length; count > 0; count -= 1) {
    const share = Math.floor((maxChars - (count - 1)) / count)
    for (const nameChars of [MAX_NAME_CHARS, Math.min(MAX_NAME_CHARS, share)]) {
      if (nameChars < 1) continue
      const shown = links
        .slice(0, count)
        .map(({ url, name }) => ({ url, name: nameThatFits(name, nameChars) }))
      const visibleChars = shown.map(({ name }) => name).join('\n').length
      const lines = shown.map(lineOf).join('\n')
      if (visibleChars <= maxChars && Buffer.byteLength(lines) <= SOURCE_LIMIT_BYTES)
        return { lines, visibleChars }
    }
  }
  return { lines: '', visibleChars: 0 }
}

function lineOf({ url, name }: FileLink): string {
  return `<a href="${escapeHtmlAttribute(url)}">${escapeHtml(name)}</a>`
}

/** On one line. */
function nameThatFits(name: string, maxChars: number): string {
  const line = name.split(/\s/).filter(Boolean).join(' ')
  const { text } = parseHtml(cutHtml(escapeHtml(line), maxChars))
  return isBlank(text) ? NAMELESS.slice(0, maxChars) : text
}

/** Where the markup alone is too much it is given up: the text matters more. */
function cutToFit(html: string, maxChars: number, maxBytes: number): string {
  for (const { source, leastUnits } of [
    { source: html, leastUnits: Math.min(maxChars, LEAST_MARKED_UNITS) },
    { source: escapeHtml(parseHtml(html).text), leastUnits: 1 },
  ]) {
    for (let units = maxChars; units >= Math.max(1, leastUnits); units = Math.floor(units / 2)) {
      const cut = cutHtml(source, units)
      if (Buffer.byteLength(cut) <= maxBytes) return cut
    }
  }
  return ''
}
