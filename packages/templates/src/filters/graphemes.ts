import type { Region } from '../locale/region.ts'

/** Texts of such characters only, each of them visible by itself: taking others apart is slow. */
const SIMPLE = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0400-\u0482\u048a-\u052f]*$/

/**
 * The first visible characters of a text: at most `maxChars`, and at most `maxUnits` UTF-16 units, as one visible character can be
 * made of thousands.
 */
export function takeGraphemes(
  text: string,
  { maxChars, maxUnits = text.length }: { maxChars: number; maxUnits?: number },
  region: Region,
): string {
  if (SIMPLE.test(text)) return text.slice(0, Math.min(maxChars, maxUnits))
  let units = 0
  let chars = 0
  for (const { segment } of region.formats.graphemes().segment(text)) {
    if (chars === maxChars || units + segment.length > maxUnits) break
    units += segment.length
    chars += 1
  }
  return text.slice(0, units)
}

/** How many characters people see. */
export function countGraphemes(text: string, region: Region): number {
  return SIMPLE.test(text) ? text.length : [...region.formats.graphemes().segment(text)].length
}

/** The last visible character; undefined of an empty text. */
export function lastGrapheme(text: string, region: Region): string | undefined {
  return region.formats
    .graphemes()
    .segment(text)
    .containing(text.length - 1)?.segment
}
