/**
 * One text for one value: members sorted by name (UTF-16 code units), numbers as ECMAScript prints them, no blanks,
 * absent members left out; the form of RFC 8785. The nesting must be bounded, as it is in a parsed event.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  let members = ''
  for (const name of Object.keys(value).sort()) {
    const member: unknown = Reflect.get(value, name)
    if (member === undefined) continue
    members += `${members === '' ? '' : ','}${quote(name)}:${canonicalJson(member)}`
  }
  return `{${members}}`
}

/** What needs no escape in JSON; most of what there is. */
const PLAIN = /^[\w .:/@+-]*$/

function quote(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text)
}
