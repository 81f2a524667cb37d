/** Stands where a name stood. */
export const MASK = '…'
const HTML: readonly (readonly [string, string])[] = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]

/** Takes whole words and phrases out of every text of a value, also where they stand in HTML or in an address. */
export function maskWords(value: unknown, words: readonly string[]): unknown {
  const forms = [...new Set(words.filter((word) => word !== '').flatMap(formsOf))]
  if (forms.length === 0) return value
  // The longest first: no part of a name is left over from it.
  const any = forms
    .toSorted((a, b) => b.length - a.length)
    .map((form) => form.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`))
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${any.join('|')})(?![\\p{L}\\p{N}])`, 'giu')
  return mask(value, pattern)
}

function mask(value: unknown, pattern: RegExp): unknown {
  if (typeof value === 'string') return value.replaceAll(pattern, MASK)
  if (Array.isArray(value)) return value.map((item) => mask(item, pattern))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mask(member, pattern)]))
}

function formsOf(word: string): string[] {
  const escaped = HTML.reduce((text, [char, entity]) => text.replaceAll(char, entity), word)
  return [word, escaped, encodeURIComponent(word)]
}
