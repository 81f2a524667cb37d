const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

// From the best to the least.
const BREAKS = ['\n\n', '\n', '. ', ' ']

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

/** The server's idea of an empty message: spaces and what has no shape. */
export function isBlank(text: string): boolean {
  return /^[\s\p{Default_Ignorable_Code_Point}\p{Cc}]*$/u.test(text)
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
