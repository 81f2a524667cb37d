import { z } from 'zod'
import { isTimeZone } from './schema/time-zone.ts'

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)

/**
 * The hours in which what can wait is not sent, on the recipient's clock: from the first time up to the second, which lies
 * on the next day when it is the smaller one.
 */
export const quietHoursSchema = z
  .strictObject({
    from: timeOfDay.meta({ description: 'Hours and minutes', examples: ['21:00'] }),
    until: timeOfDay.meta({ description: 'Hours and minutes; other than `from`', examples: ['08:00'] }),
  })
  .refine(({ from, until }) => from !== until, { path: ['until'], message: 'must be another time than from' })
  .meta({
    id: 'QuietHours',
    description: 'Hours of the recipient’s own day in which what can wait is not sent',
    examples: [{ from: '21:00', until: '08:00' }],
  })

export type QuietHours = z.infer<typeof quietHoursSchema>

const DAY_MS = 24 * 60 * 60 * 1000
/** More zones than there are; whoever names still more makes the formats be made anew. */
const MAX_FORMATS = 1_000

/**
 * The moment at which the quiet hours end that `nowMs` lies in, in epoch milliseconds; undefined outside of them. It is
 * quiet while the clock on the recipient's wall stands at or after `from` and before `until`: an `until` that the clock
 * jumps over is the moment of the jump, and one that comes twice ends them the first time. A zone nobody knows counts as UTC.
 */
export type QuietUntil = (quietHours: QuietHours, timeZone: string, nowMs: number) => number | undefined

/** Makes a `quietUntil` that keeps the formats of the zones it is asked for: making one costs some 40 µs. */
export function createQuietUntil(): QuietUntil {
  const formats = new Map<string, Intl.DateTimeFormat>()

  function formatOf(timeZone: string): Intl.DateTimeFormat {
    const known = formats.get(timeZone)
    if (known !== undefined) return known
    if (formats.size >= MAX_FORMATS) formats.clear()
    const format = createFormat(timeZone)
    formats.set(timeZone, format)
    return format
  }

  return function quietUntil(quietHours, timeZone, nowMs) {
    const [fromMs, untilMs] = [timeOfDayMs(quietHours.from), timeOfDayMs(quietHours.until)]
    const format = formatOf(timeZone)
    const wallMs = (atMs: number) => timeOfDayMs(format.format(atMs)) + modulo(atMs, 1_000)
    const isQuiet = (atMs: number) => modulo(wallMs(atMs) - fromMs, DAY_MS) < modulo(untilMs - fromMs, DAY_MS)
    /** Of the wall's clock against that of UTC; the same as long as nobody changes it. */
    const shiftMs = (atMs: number) => modulo(wallMs(atMs) - atMs, DAY_MS)

    let atMs = nowMs
    while (isQuiet(atMs)) {
      const endMs = atMs + modulo(untilMs - wallMs(atMs), DAY_MS)
      if (shiftMs(endMs) === shiftMs(atMs)) return endMs
      // The clock is changed before: what it shows then decides.
      atMs = firstOther(shiftMs, atMs, endMs)
    }
    return atMs === nowMs ? undefined : atMs
  }
}

/** The first millisecond at which `value` is no longer what it is at `startMs`; by `endMs` it is not. */
function firstOther(value: (atMs: number) => number, startMs: number, endMs: number): number {
  const was = value(startMs)
  let [before, after] = [startMs, endMs]
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (value(middle) === was) before = middle
    else after = middle
  }
  return after
}

function createFormat(timeZone: string): Intl.DateTimeFormat {
  const clock = { hourCycle: 'h23', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const
  return new Intl.DateTimeFormat('en-GB', { ...clock, timeZone: isTimeZone(timeZone) ? timeZone : 'UTC' })
}

/** Of `HH:MM` or `HH:MM:SS`. */
function timeOfDayMs(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number)
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by
}
