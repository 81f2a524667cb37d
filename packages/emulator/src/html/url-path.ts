const SEPARATOR = /[ \u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]/

const URL_PUNCTUATION = new Set('\u200C\u200D\u2010\u2011\u2012\u2013\u2014\u2015')

/** Punctuation that at the end of an address belongs to the sentence around it. */
export const SENTENCE_PUNCTUATION = ".:;,('?!`"

/** Where the path, query or fragment that may begin at `start` ends; `start` when there is none. */
export function skipPath(text: string, start: number): number {
  const first = text[start]
  if (first !== '/' && first !== '?' && first !== '#') return start
  let end = start + 1
  while (end < text.length && isPathUnit(text[end] ?? '')) end++
  while (end > start + 1 && SENTENCE_PUNCTUATION.includes(text[end - 1] ?? '')) end--
  return first === '/' || end > start + 1 ? end : start
}

/** Of General Punctuation only joiners and dashes stand in an address. */
export function isUrlUnit(unit: string): boolean {
  return unit >= '\u2000' && unit <= '\u206F' ? URL_PUNCTUATION.has(unit) : !isSeparator(unit)
}

export function isSeparator(unit: string): boolean {
  return SEPARATOR.test(unit)
}

function isPathUnit(unit: string): boolean {
  return !'\n<>"«»'.includes(unit) && isUrlUnit(unit)
}
