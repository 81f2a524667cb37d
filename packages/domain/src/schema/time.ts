const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/i
/** The longest that is not refused: nobody's clock has that many digits. */
const MAX_CHARS = 64

/**
 * Milliseconds since 1970 of an RFC 3339 time with zone, or undefined when the text is none. `Date.parse` alone would
 * take 30 February for 2 March, and 24:00. A leap second (`:60`) cannot be kept and is refused.
 */
export function parseTime(text: string): number | undefined {
  if (text.length > MAX_CHARS || !RFC_3339.test(text)) return undefined
  const day = twoDigits(text, 8)
  if (day < 1 || day > daysOf(twoDigits(text, 0) * 100 + twoDigits(text, 2), twoDigits(text, 5)))
    return undefined
  if (twoDigits(text, 11) > 23 || twoDigits(text, 14) > 59 || twoDigits(text, 17) > 59) return undefined
  const isUtc = text.endsWith('Z') || text.endsWith('z')
  if (!isUtc && (twoDigits(text, text.length - 5) > 23 || twoDigits(text, text.length - 2) > 59))
    return undefined
  return Date.parse(text.toUpperCase())
}

/** The same instant in UTC with milliseconds, so that equal times are equal texts; undefined when the text is no time. */
export function normaliseTime(text: string): string | undefined {
  const timeMs = parseTime(text)
  // An offset can carry the year 0000 into the one before, which RFC 3339 cannot write; its range check refuses it.
  return timeMs === undefined ? undefined : new Date(timeMs).toISOString()
}

function twoDigits(text: string, at: number): number {
  return text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 11 * 48
}

/** Of a month from 1 to 12; no other month has any. There was no year 0, and so no 29 February in it. */
function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || (year % 400 === 0 && year > 0)) ? 29 : 28
  if (month === 4 || month === 6 || month === 9 || month === 11) return 30
  return month >= 1 && month <= 12 ? 31 : 0
}
