import { findCut } from './find-break.ts'
import { LEAST_MARKED_UNITS, SOURCE_LIMIT_BYTES } from './html-text.ts'
import { parseHtml, type ParsedHtml } from './parse-html.ts'
import { renderPiece } from './render-piece.ts'

const ENDING = '…'

/**
 * Shortens to `maxChars` UTF-16 units as people see them and `maxBytes` of source, with `…` where something had to go. Never tears a
 * tag, an entity, an address or a character people see as one, nor a word or number that is no longer than words are; what is open
 * at the cut is closed. Markup that leaves no room for a reasonable piece of text is given up: the text matters more.
 */
export function cutHtml(html: string, maxChars: number, maxBytes = SOURCE_LIMIT_BYTES): string {
  const parsed = parseHtml(html, maxChars + LOOK_AHEAD_CHARS)
  const { length } = parsed.text
  if (length <= maxChars) {
    const whole = renderPiece(parsed, 0, length)
    if (Buffer.byteLength(whole) <= maxBytes) return whole
  }
  const room = { maxChars: Math.min(maxChars, length), maxBytes }
  const marked = longCut(parsed, room)
  if (marked.chars >= Math.min(room.maxChars, LEAST_MARKED_UNITS)) return marked.html
  return longCut({ text: parsed.text, marks: [] }, room).html
}

/** What follows a cut says whether it tears a word or a character. */
const LOOK_AHEAD_CHARS = 256

const MAX_ATTEMPTS = 8

/** One that fits, and not much shorter than the longest that would: the first attempt fits nearly always. */
function longCut(
  parsed: ParsedHtml,
  { maxChars, maxBytes }: { maxChars: number; maxBytes: number },
): { chars: number; html: string } {
  let chars = maxChars
  for (let attempt = 0; attempt < MAX_ATTEMPTS && chars > 0; attempt += 1) {
    const html = cutAt(parsed, chars)
    const bytes = Buffer.byteLength(html)
    if (bytes <= maxBytes) return { chars, html }
    chars = Math.floor((chars * maxBytes * SAFETY) / bytes)
  }
  return { chars: 0, html: '' }
}

/** Markup is not spread evenly. */
const SAFETY = 0.97

function cutAt(parsed: ParsedHtml, maxChars: number): string {
  const ending = maxChars > ENDING.length ? ENDING : ''
  const to = findCut(parsed.text, maxChars - ending.length)
  const end = parsed.text.slice(0, to).trimEnd().length
  return renderPiece(parsed, 0, end, ending)
}
