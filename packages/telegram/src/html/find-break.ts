const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

// From the best to the least.
const BREAKS = ['\n\n', '\n', '. ', ' ']

/** A longer run of characters without a blank is no word, but of a script that has no blanks. */
const MAX_WORD_UNITS = 40

/**
 * Where a piece that begins at `from` ends: at most `limit` units on, between two characters as people see them, and if the
 * second half of the stretch has one, at the end of a paragraph, a line, a sentence or a word.
 */
export function findBreak(text: string, from: number, limit: number): number {
  if (text.length - from <= limit) return text.length
  const hard = lastBoundary(text, from, from + limit)
  const stretch = text.slice(from, hard)
  for (const mark of BREAKS) {
    const found = stretch.lastIndexOf(mark)
    const soft = from + found + mark.length
    const isGood = found !== -1 && soft - from >= limit / 2 && !isBlank(text.slice(from, soft))
    if (isGood && isBoundary(text, soft)) return soft
  }
  return hard
}

/**
 * Where a text that goes no further ends: at most `limit` units on, between two characters as people see them, and before the word,
 * number or address that would be torn. Half an address is another one, and Telegram links it.
 */
export function findCut(text: string, limit: number): number {
  if (text.length <= limit) return text.length
  if (limit <= 0) return 0
  const hard = lastBoundary(text, 0, limit)
  const wordStart = startOfWord(text, hard)
  const isTorn = wordStart < hard && !isBlankAt(text, hard)
  const isWord = hard - wordStart <= MAX_WORD_UNITS || looksLikeAddress(text, wordStart, hard)
  const isWorthIt = isTorn && isWord && isBoundary(text, wordStart) && !isBlank(text.slice(0, wordStart))
  return isWorthIt ? wordStart : hard
}

/** The server's idea of an empty message: spaces and what has no shape. */
export function isBlank(text: string): boolean {
  return /^[\s\p{Default_Ignorable_Code_Point}\p{Cc}]*$/u.test(text)
}

function startOfWord(text: string, index: number): number {
  let start = index
  while (start > 0 && !isBlankAt(text, start - 1)) start -= 1
  return start
}

function isBlankAt(text: string, index: number): boolean {
  return /\s/.test(text.charAt(index))
}

/** Whether the run that is torn has a mark no address is without; what follows the cut may hold it. */
function looksLikeAddress(text: string, from: number, to: number): boolean {
  return /[.:/@]/.test(text.slice(from, to + MAX_WORD_UNITS))
}

function lastBoundary(text: string, from: number, wanted: number): number {
  const start = graphemeStart(text, wanted)
  if (start > from) return start
  // One character of more units than fit, such as a letter under hundreds of accents: at least no code point breaks.
  const isInsidePair =
    /[\uDC00-\uDFFF]/.test(text.charAt(wanted)) && /[\uD800-\uDBFF]/.test(text.charAt(wanted - 1))
  return isInsidePair ? wanted - 1 : wanted
}

function isBoundary(text: string, index: number): boolean {
  return graphemeStart(text, index) === index
}

/** Where the character that covers this unit begins. */
function graphemeStart(text: string, index: number): number {
  return graphemes.segment(text).containing(index)?.index ?? text.length
}
