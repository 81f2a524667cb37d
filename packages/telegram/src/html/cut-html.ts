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
  const parsed = parseHtml(html)
  const { length } = parsed.text
  const whole = renderPiece(parsed, 0, length)
  if (length <= maxChars && Buffer.byteLength(whole) <= maxBytes) return whole
  const room = { maxChars: Math.min(maxChars, length), maxBytes }
  const marked = longestCut(parsed, room)
  if (marked.chars >= Math.min(room.maxChars, LEAST_MARKED_UNITS)) return marked.html
  return longestCut({ text: parsed.text, marks: [] }, room).html
}

/** Of the cuts that have no more bytes than they may, the one of the most characters. */
function longestCut(
  parsed: ParsedHtml,
  room: { maxChars: number; maxBytes: number },
): { chars: number; html: string } {
  let best = { chars: 0, html: '' }
  let [least, most] = [1, room.maxChars]
  // The longest fits nearly always.
  for (let chars = most; least <= most; chars = Math.floor((least + most) / 2)) {
    const html = cutAt(parsed, chars)
    if (Buffer.byteLength(html) <= room.maxBytes) {
      best = { chars, html }
      least = chars + 1
    } else most = chars - 1
  }
  return best
}

function cutAt(parsed: ParsedHtml, maxChars: number): string {
  const ending = maxChars > ENDING.length ? ENDING : ''
  const to = findCut(parsed.text, maxChars - ending.length)
  const end = parsed.text.slice(0, to).trimEnd().length
  return renderPiece(parsed, 0, end, ending)
}
