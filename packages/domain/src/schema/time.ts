const RFC_3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:Z|[+-](\d{2}):(\d{2}))$/i

/**
 * Milliseconds since 1970 of an RFC 3339 time with zone, or undefined when the text is none. `Date.parse` alone would
 * take 30 February for 2 March, and 24:00. A leap second (`:60`) cannot be kept and is refused.
 */
export function parseTime(text: string): number | undefined {
  const match = RFC_3339.exec(text)
  if (match === null || text.length > 64) return undefined
  const [year, month, day, hour, minute, second, zoneHour, zoneMinute] = match
    .slice(1)
    .map((digits) => Number(digits ?? 0))
  if (!isDate(year, month, day)) return undefined
  if (exceeds(hour, 23) || exceeds(minute, 59) || exceeds(second, 59)) return undefined
  if (exceeds(zoneHour, 23) || exceeds(zoneMinute, 59)) return undefined
  return Date.parse(text.toUpperCase())
}

/** The same instant in UTC with milliseconds, so that equal times are equal texts; what is no time stays as it is. */
export function normaliseTime(text: string): string {
  const timeMs = parseTime(text)
  // An offset can carry the year 0000 into the one before, which RFC 3339 cannot write; its range check refuses it.
  return timeMs === undefined ? text : new Date(timeMs).toISOString()
}

function isDate(year = 0, month = 0, day = 0): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

function exceeds(value = 0, limit = 0): boolean {
  return value > limit
}
