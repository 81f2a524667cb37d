import { parseTime } from '@postino/domain'

const DAY_FIRST = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b/
const WITHOUT_ZONE = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?)?$/

/**
 * Milliseconds since 1970 of a time as in RFC 3339, or of a day with or without a time: `2026-03-01`, `01/03/2026 14:30`. Without a
 * zone it is UTC, and a day without a time its first moment. Undefined for everything else.
 */
export function momentOf(text: string): number | undefined {
  const iso = text.replace(DAY_FIRST, (_, day: string, month: string, year: string) => {
    return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  })
  const [, date, time = '00:00', seconds = ':00'] = WITHOUT_ZONE.exec(iso) ?? []
  return parseTime(date === undefined ? iso.replace(' ', 'T') : `${date}T${time}${seconds}Z`)
}
