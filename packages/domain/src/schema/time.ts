/** The longest that is not refused: nobody's clock has that many digits. */
const MAX_CHARS = 64
const MINUTES_PER_DAY = 24 * 60
/** In the form a time is kept in, `2026-11-21T08:30:00.000Z`. */
const NORMAL_CHARS = 24

/**
 * Milliseconds since 1970 of an RFC 3339 time with zone, or undefined when the text is none. `Date.parse` alone would
 * take 30 February for 2 March, and 24:00. A leap second (`:60`) cannot be kept and is refused.
 */
export function parseTime(text: string): number | undefined {
  return readTime(text)?.timeMs
}

/** The same instant in UTC with milliseconds, so that equal times are equal texts; undefined when the text is no time. */
export function normaliseTime(text: string): string | undefined {
  const time = readTime(text)
  if (time === undefined) return undefined
  const { timeMs, minuteUtc, ms } = time
  if (text.length === NORMAL_CHARS && text.endsWith('Z') && text[10] === 'T') return text
  // An offset can carry the year 0000 into the one before, which RFC 3339 cannot write; its range check refuses it.
  if (minuteUtc < 0 || minuteUtc >= MINUTES_PER_DAY) return new Date(timeMs).toISOString()
  const clock = `${twoDigits(Math.floor(minuteUtc / 60))}:${twoDigits(minuteUtc % 60)}`
  return `${text.slice(0, 10)}T${clock}${text.slice(16, 19)}.${ms < 100 ? '0' : ''}${twoDigits(ms)}Z`
}

interface ReadTime {
  timeMs: number
  /** Of the day that is written; below zero or beyond its end where it is another one in UTC. */
  minuteUtc: number
  ms: number
}

function readTime(text: string): ReadTime | undefined {
  if (text.length > MAX_CHARS || !hasSeparators(text)) return undefined
  const year = numberAt(text, 0) * 100 + numberAt(text, 2)
  const month = numberAt(text, 5)
  const day = numberAt(text, 8)
  // What is no number is NaN, and in no range.
  if (!(year >= 0 && day >= 1 && day <= daysOf(year, month))) return undefined
  const hour = numberAt(text, 11)
  const minute = numberAt(text, 14)
  const second = numberAt(text, 17)
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return undefined
  const zoneAt = endOfFraction(text)
  const offset = offsetMinutes(text, zoneAt)
  if (Number.isNaN(offset)) return undefined
  const ms = zoneAt === 19 ? 0 : Number(text.slice(20, Math.min(zoneAt, 23)).padEnd(3, '0'))
  const timeMs = Date.UTC(year, month - 1, day, hour, minute - offset, second, ms)
  // Date.UTC takes the years before 100 for those of the twentieth century.
  const isEarly = year < 100
  return {
    timeMs: isEarly ? Date.parse(text.toUpperCase()) : timeMs,
    minuteUtc: hour * 60 + minute - offset,
    ms,
  }
}

function hasSeparators(text: string): boolean {
  const letter = text[10]
  return (
    text[4] === '-' &&
    text[7] === '-' &&
    (letter === 'T' || letter === 't') &&
    text[13] === ':' &&
    text[16] === ':'
  )
}

/** Where the zone begins: after the seconds and their digits. */
function endOfFraction(text: string): number {
  if (text[19] !== '.') return 19
  let at = 20
  while (isDigit(text.charCodeAt(at))) at++
  // A point with nothing behind it is no fraction.
  return at === 20 ? 19 : at
}

/** How far the clock of the zone is ahead; NaN when no zone stands there, or more than that. */
function offsetMinutes(text: string, at: number): number {
  const sign = text[at]
  if (sign === 'Z' || sign === 'z') return text.length === at + 1 ? 0 : Number.NaN
  if ((sign !== '+' && sign !== '-') || text.length !== at + 6 || text[at + 3] !== ':') return Number.NaN
  const hours = numberAt(text, at + 1)
  const minutes = numberAt(text, at + 4)
  if (!(hours <= 23 && minutes <= 59)) return Number.NaN
  return sign === '-' ? -(hours * 60 + minutes) : hours * 60 + minutes
}

/** Of two digits; NaN when they are none. */
function numberAt(text: string, at: number): number {
  const tens = text.charCodeAt(at)
  const ones = text.charCodeAt(at + 1)
  return isDigit(tens) && isDigit(ones) ? (tens - 48) * 10 + ones - 48 : Number.NaN
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}

/** Of a month from 1 to 12; no other month has any. There was no year 0, and so no 29 February in it. */
function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || (year % 400 === 0 && year > 0)) ? 29 : 28
  if (month === 4 || month === 6 || month === 9 || month === 11) return 30
  return month >= 1 && month <= 12 ? 31 : 0
}
