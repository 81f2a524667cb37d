/** A day of the calendar in a time zone. */
export interface CalendarDay {
  year: number
  /** Midnight of this day in UTC, so that days can be counted apart from zones and their changes. */
  utcMs: number
}

/** Zones change, and days begin, on whole minutes. */
const MINUTE_MS = 60_000

/** Messages rendered together ask for the same few minutes again and again. */
const MAX_MINUTES = 64

/** Returns a function that finds the day an instant falls on in a time zone. */
export function createCalendarDays(timeZone: string): (instantMs: number) => CalendarDay {
  const known = new Map<number, CalendarDay>()
  let format: Intl.DateTimeFormat | undefined
  return (instantMs) => {
    const minute = Math.floor(instantMs / MINUTE_MS)
    const remembered = known.get(minute)
    if (remembered !== undefined) return remembered
    format ??= new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: 'numeric', day: 'numeric' })
    // English writes month/day/year.
    const [month = 1, date = 1, year = 1970] = format.format(instantMs).split('/').map(Number)
    const day = { year, utcMs: Date.UTC(year, month - 1, date) }
    if (known.size === MAX_MINUTES) known.clear()
    known.set(minute, day)
    return day
  }
}
