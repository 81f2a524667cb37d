/**
 * One text for one value: members sorted by name (UTF-16 code units), numbers as ECMAScript prints them, no blanks,
 * absent members left out; the form of RFC 8785. The nesting must be bounded, as it is in a parsed event.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    // Names within one object differ, so equality needs no answer.
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`)
  return `{${members.join(',')}}`
}
