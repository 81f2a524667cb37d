import assert from 'node:assert/strict'
import { escapeHtml } from './escape-html.ts'
import { findBreak, isBlank } from './find-break.ts'
import { parseHtml, type ParsedHtml } from './parse-html.ts'
import { renderPiece } from './render-piece.ts'

/** Of a message, after its markup is read. Telegram counts characters; UTF-16 units are never fewer. */
export const TEXT_LIMIT = 4_096
/** Of a photo's, video's or document's text. */
export const CAPTION_LIMIT = 1_024

// What the server takes as one parameter, markup and all.
export const SOURCE_LIMIT_BYTES = 32_768
// The widest character takes two units.
const LEAST_LIMIT = 2
// With less text than this, its markup is what takes the room.
export const LEAST_MARKED_UNITS = 128

/** How long Telegram finds the text, in UTF-16 units: markup counts nothing, `&amp;` one. */
export function visibleLength(html: string): number {
  return parseHtml(html).text.length
}

/**
 * Splits into messages of at most `limit` units of visible text each, where possible between paragraphs, lines or words.
 * Each piece is valid by itself: what is open at its end is closed and opened again in the next. Together they show the
 * same text; only a piece that would show nothing is left out, since Telegram refuses an empty message.
 */
export function splitHtml(html: string, limit: number): string[] {
  assert(limit >= LEAST_LIMIT, `a limit of ${limit} cannot hold every character`)
  const parsed = parseHtml(html)
  const pieces: string[] = []
  for (let from = 0; from < parsed.text.length;) {
    const { to, html: piece } = nextPiece(parsed, from, limit)
    if (!isBlank(parsed.text.slice(from, to))) pieces.push(piece)
    from = to
  }
  return pieces
}

/**
 * As much from `from` as fits both limits. Markup that leaves no room for a reasonable piece of text (a link of many
 * kilobytes, thousands of nested tags) is given up for that piece: the text matters more.
 */
function nextPiece(parsed: ParsedHtml, from: number, limit: number): { to: number; html: string } {
  for (let units = limit; units >= Math.min(limit, LEAST_MARKED_UNITS); units = Math.floor(units / 2)) {
    const to = findBreak(parsed.text, from, units)
    const html = renderPiece(parsed, from, to)
    if (Buffer.byteLength(html) <= SOURCE_LIMIT_BYTES) return { to, html }
  }
  const to = findBreak(parsed.text, from, limit)
  return { to, html: escapeHtml(parsed.text.slice(from, to)) }
}
