/** What `{% if … %}` makes of a value: false are what is missing, false, 0, a blank text and an empty list. */
export function isTrue(value: unknown): boolean {
  if (typeof value === 'boolean') return value
  if (typeof value === 'string') return !isBlank(value)
  if (typeof value === 'number') return value !== 0
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)
}

function isBlank(text: string): boolean {
  const first = text.charCodeAt(0)
  // Most texts begin with a plain letter or digit.
  return !(first > 0x20 && first < 0x7f) && !/\S/.test(text)
}
