const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/i
/** The form in which it is kept. */
const NORMAL = /^[^t]{19}\.\d{3}Z$/
/** The longest that is not refused: nobody's clock has that many digits. */
const MAX_CHARS = 64
const MINUTES_PER_DAY = 24 * 60

/**
 * Milliseconds since 1970 of an RFC 3339 time with zone, or undefined when the text is none. `Date.parse` alone would
 * take 30 February for 2 March, and 24:00, and costs four times as much. A leap second (`:60`) cannot be kept and is refused.
 */
export function parseTime(text: string): number | undefined {
  if (text.length > MAX_CHARS || !RFC_3339.test(text)) return undefined
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  if (day < 1 || day > daysOf(year, month)) return undefined
  const hour = twoDigits(text, 11)
  const minute = twoDigits(text, 14)
  const second = twoDigits(text, 17)
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const offset = offsetMinutes(text)
  if (offset === undefined) return undefined
  // Date.UTC takes the years before 100 for those of the twentieth century.
  if (year < 100) return Date.parse(text.toUpperCase())
  return Date.UTC(year, month - 1, day, hour, minute - offset, second, milliseconds(text))
}

/** The same instant in UTC with milliseconds, so that equal times are equal texts; undefined when the text is no time. */
export function normaliseTime(text: string): string | undefined {
  const timeMs = parseTime(text)
  if (timeMs === undefined) return undefined
  if (NORMAL.test(text)) return text
  const minutes = twoDigits(text, 11) * 60 + twoDigits(text, 14) - (offsetMinutes(text) ?? 0)
  // An offset can carry the year 0000 into the one before, which RFC 3339 cannot write; its range check refuses it.
  if (minutes < 0 || minutes >= MINUTES_PER_DAY) return new Date(timeMs).toISOString()
  const hour = padded(Math.floor(minutes / 60), 2)
  return `${text.slice(0, 10)}T${hour}:${padded(minutes % 60, 2)}${text.slice(16, 19)}.${padded(milliseconds(text), 3)}Z`
}

/** How far the clock of the zone is ahead; undefined when no zone is. */
function offsetMinutes(text: string): number | undefined {
  const end = text.length
  if (text.endsWith('Z') || text.endsWith('z')) return 0
  const hours = twoDigits(text, end - 5)
  const minutes = twoDigits(text, end - 2)
  if (hours > 23 || minutes > 59) return undefined
  return (hours * 60 + minutes) * (text[end - 6] === '-' ? -1 : 1)
}

/** Further digits are cut off. */
function milliseconds(text: string): number {
  if (text[19] !== '.') return 0
  let value = 0
  for (let at = 20; at < 23; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return value * 10 ** (23 - at)
    value = value * 10 + digit
  }
  return value
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0')
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
