// Asking Intl costs some 40 µs a zone, the set nearly nothing.
const USUAL_ZONES: ReadonlySet<string> = new Set([
  ...Intl.supportedValuesOf('timeZone'),
  'Europe/Kyiv',
  'UTC',
])

/** True for IANA names, old ones and links included; not for offsets such as `+01:00`. */
export function isTimeZone(name: string): boolean {
  if (USUAL_ZONES.has(name)) return true
  if (!/^[A-Za-z][\w+/-]*$/.test(name)) return false
  try {
    // Intl has no way to ask: it throws a RangeError for a zone it does not know.
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
