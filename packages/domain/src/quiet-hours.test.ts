import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createQuietUntil, quietHoursSchema, type QuietHours } from './quiet-hours.ts'

const quietUntil = createQuietUntil()
const [MINUTE_MS, DAY_MS] = [60_000, 86_400_000]
const NIGHT = { from: '21:00', until: '08:00' }

/** The end of the quiet hours, as UTC has it; undefined outside of them. */
function untilOf(now: string, timeZone: string, quietHours: QuietHours = NIGHT): string | undefined {
  const endMs = quietUntil(quietHours, timeZone, Date.parse(now))
  return endMs === undefined ? undefined : new Date(endMs).toISOString().replace(':00.000Z', 'Z')
}

test('[U11] quiet hours over midnight end the next morning, and hours of the day on the same day', () => {
  expect(untilOf('2026-11-21T20:00Z', 'Europe/Rome')).toBe('2026-11-22T07:00Z')
  expect(untilOf('2026-11-22T06:59Z', 'Europe/Rome')).toBe('2026-11-22T07:00Z')
  const siesta = { from: '13:00', until: '15:30' }
  expect(untilOf('2026-07-01T11:00Z', 'Europe/Rome', siesta)).toBe('2026-07-01T13:30Z')
})

test('[U11] the first moment is quiet, and the last one is not', () => {
  expect(untilOf('2026-11-21T19:59:59.999Z', 'Europe/Rome')).toBeUndefined()
  expect(untilOf('2026-11-22T07:00Z', 'Europe/Rome')).toBeUndefined()
  expect(untilOf('2026-11-22T12:00Z', 'Europe/Rome')).toBeUndefined()
})

test('[U11] in the night in which summer time begins or ends, the morning comes an hour sooner or later', () => {
  // From 1 to 2 o'clock UTC: Rome loses 29 March 2026, 2 to 3 o'clock, and has 25 October 2026, 2 to 3 o'clock, twice.
  expect(untilOf('2026-03-28T20:30Z', 'Europe/Rome')).toBe('2026-03-29T06:00Z')
  expect(untilOf('2026-10-24T20:30Z', 'Europe/Rome')).toBe('2026-10-25T07:00Z')
  expect(untilOf('2026-03-29T05:59Z', 'Europe/Rome')).toBe('2026-03-29T06:00Z')
})

test('[U11] an end that the clock jumps over is the jump; one that comes twice is the first', () => {
  const early = { from: '21:00', until: '02:30' }
  expect(untilOf('2026-03-29T00:30Z', 'Europe/Rome', early)).toBe('2026-03-29T01:00Z')
  expect(untilOf('2026-10-24T23:30Z', 'Europe/Rome', early)).toBe('2026-10-25T00:30Z')
  // The wall shows 2:10 once more.
  expect(untilOf('2026-10-25T01:10Z', 'Europe/Rome', early)).toBe('2026-10-25T01:30Z')
  // It was half past two, and is two o'clock again.
  expect(untilOf('2026-10-25T00:40Z', 'Europe/Rome', { from: '02:30', until: '08:00' })).toBe(
    '2026-10-25T01:00Z',
  )
})

test('[U11] zones of half and quarter hours have their own night, and Lord Howe changes by half an hour', () => {
  expect(untilOf('2026-11-21T15:30Z', 'Asia/Kolkata')).toBe('2026-11-22T02:30Z')
  expect(untilOf('2026-11-21T15:15Z', 'Asia/Kathmandu')).toBe('2026-11-22T02:15Z')
  // From UTC+10:30 to +11:00 at 2 o'clock on 4 October 2026.
  expect(untilOf('2026-10-03T12:00Z', 'Australia/Lord_Howe')).toBe('2026-10-03T21:00Z')
})

test('[U11] a zone nobody knows counts as UTC', () => {
  expect(untilOf('2026-11-21T21:30Z', 'Europe/Atlantis')).toBe('2026-11-22T08:00Z')
  expect(untilOf('2026-11-21T21:30Z', '')).toBe('2026-11-22T08:00Z')
})

test('quiet hours have an end that is not their beginning', () => {
  expect(quietHoursSchema.safeParse(NIGHT).success).toBe(true)
  for (const wrong of [
    { from: '08:00', until: '08:00' },
    { from: '24:00', until: '08:00' },
    { from: '9:00', until: '10:00' },
    { from: '21:00' },
  ])
    expect(quietHoursSchema.safeParse(wrong).success).toBe(false)
})

const zone = fc.constantFrom(
  'UTC',
  'Europe/Rome',
  'Europe/Kyiv',
  'America/New_York',
  'America/St_Johns',
  'America/Santiago',
  'Asia/Kathmandu',
  'Asia/Tehran',
  'Africa/Casablanca',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Antarctica/Troll',
)
const timeOfDay = fc
  .record({ hours: fc.nat(23), minutes: fc.constantFrom(0, 1, 15, 30, 45, 59) })
  .map(({ hours, minutes }) => `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`)
const quietHours = fc
  .record({ from: timeOfDay, until: timeOfDay })
  .filter(({ from, until }) => from !== until)
const minuteOf = (year: number) => Date.UTC(year, 0, 1) / MINUTE_MS
// One night in some two hundred changes a clock: half of the runs begin near such a one.
const anyMoment = fc.integer({ min: minuteOf(2018), max: minuteOf(2030) }).map((minute) => minute * MINUTE_MS)

test('[U11] whatever the zone and the hours: it is quiet as long as the wall says so, and not a minute longer', () => {
  fc.assert(
    fc.property(quietHours, zone, anyMoment, fc.boolean(), (hours, timeZone, moment, atChange) => {
      const isQuiet = wallSays(hours, timeZone)
      const nowMs = atChange ? nearChange(timeZone, moment) : moment
      expect(quietUntil(hours, timeZone, nowMs)).toBe(firstLoudMinute(isQuiet, nowMs))
    }),
    { numRuns: 300 },
  )
})

/** By parts of a date, minute for minute: nothing is computed. */
function wallSays({ from, until }: QuietHours, timeZone: string): (atMs: number) => boolean {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, hour: '2-digit', minute: '2-digit' })
  return (atMs) => {
    const wall = format.format(atMs)
    return from < until ? wall >= from && wall < until : wall >= from || wall < until
  }
}

function firstLoudMinute(isQuiet: (atMs: number) => boolean, nowMs: number): number | undefined {
  if (!isQuiet(nowMs)) return undefined
  for (let atMs = nowMs; ; atMs += MINUTE_MS) if (!isQuiet(atMs)) return atMs
}

/** Some hours before the zone's next change of the clock; the moment itself where there is none within a year. */
function nearChange(timeZone: string, moment: number): number {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, hour: '2-digit', minute: '2-digit' })
  for (let day = 0; day < 366; day++) {
    const atMs = moment + day * DAY_MS
    if (format.format(atMs) !== format.format(atMs + DAY_MS)) return atMs + (moment % (DAY_MS / 2))
  }
  return moment
}
