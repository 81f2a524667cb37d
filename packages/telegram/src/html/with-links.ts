import type { FileLink } from '@postino/domain'
import { cutHtml } from './cut-html.ts'
import { escapeHtml, escapeHtmlAttribute } from './escape-html.ts'
import { isBlank } from './find-break.ts'
import { hiddenPart, SEPARATOR } from './hidden-part.ts'
import { SOURCE_LIMIT_BYTES } from './html-text.ts'
import { parseHtml } from './parse-html.ts'

const MAX_NAME_CHARS = 100
const NAMELESS = 'link'

/**
 * Puts links below a text, each on a line of its own; below a hidden text, hidden as it is. What does not fit is cut from the text,
 * as the links are what the message is about; only where the links alone are too much are their names shortened, then the last ones
 * left out. Valid whatever the text is, at most `maxChars` UTF-16 units as people see it, and at most `maxBytes` of source.
 *
 * @param links their addresses have been checked: one that Telegram dislikes it shows as plain text
 */
export function withLinks(
  html: string,
  links: readonly FileLink[],
  maxChars: number,
  maxBytes = SOURCE_LIMIT_BYTES,
): string {
  const hidden = hiddenPart(html)
  if (hidden !== undefined) {
    const { before, after, visibleChars } = hidden
    const room = maxBytes - Buffer.byteLength(before) - after.length
    return before + withLinks(hidden.html, links, maxChars - visibleChars, room) + after
  }
  const { lines, visibleChars } = linesThatFit(links, maxChars, maxBytes)
  if (lines === '') return cutHtml(html, maxChars, maxBytes)
  if (isBlank(parseHtml(html).text)) return lines
  const roomBytes = maxBytes - Buffer.byteLength(lines) - SEPARATOR.length
  const text = cutHtml(html, maxChars - visibleChars - SEPARATOR.length, roomBytes)
  return text === '' ? lines : `${text}${SEPARATOR}${lines}`
}

/** Every link, or the first ones; with whole names, or with the same room for each. */
function linesThatFit(
  links: readonly FileLink[],
  maxChars: number,
  maxBytes: number,
): { lines: string; visibleChars: number } {
  for (let count = links.length; count > 0; count -= 1) {
    const share = Math.floor((maxChars - (count - 1)) / count)
    for (const nameChars of [MAX_NAME_CHARS, Math.min(MAX_NAME_CHARS, share)]) {
      if (nameChars < 1) continue
      const shown = links
        .slice(0, count)
        .map(({ url, name }) => ({ url, name: nameThatFits(name, nameChars) }))
      const visibleChars = shown.map(({ name }) => name).join('\n').length
      const lines = shown.map(lineOf).join('\n')
      if (visibleChars <= maxChars && Buffer.byteLength(lines) <= maxBytes) return { lines, visibleChars }
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
