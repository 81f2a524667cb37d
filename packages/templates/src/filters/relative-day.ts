import { instantOf } from './dates.ts'
import type { Filter } from './filter.ts'
import { filter } from './filter.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * `{{ delivery.eta_until | relative_day }}`: yesterday, today or tomorrow; a weekday for the rest of the coming week;
 * else day and month, with the year when it is another. Days are the reader's, by time zone, also where a day has 23
 * or 25 hours.
 */
export const relativeDay: Filter = filter((value, { region, nowMs }) => {
  const instantMs = instantOf(value)
  const { formats } = region
  const day = formats.calendarDay(instantMs)
  const today = formats.calendarDay(nowMs)
  const days = (day.utcMs - today.utcMs) / DAY_MS
  if (Math.abs(days) <= 1) return formats.relativeDay().format(days, 'day')
  if (days > 0 && days < 7) return formats.weekday().format(instantMs)
  return (day.year === today.year ? formats.dayAndMonth() : formats.date('long')).format(instantMs)
})
