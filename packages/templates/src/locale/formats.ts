import { createBoundedCache } from '../bounded-cache.ts'
import { createCalendarDays, type CalendarDay } from './calendar-days.ts'

export const DATE_STYLES = ['short', 'medium', 'long', 'full'] as const
export type DateStyle = (typeof DATE_STYLES)[number]

export type FileSizeUnit = 'byte' | 'kilobyte' | 'megabyte' | 'gigabyte'

/** The Intl objects of one locale and time zone, each made when it is first needed. */
export interface Formats {
  /** `currency` is three capital letters. */
  money(currency: string): Intl.NumberFormat
  number(): Intl.NumberFormat
  size(unit: FileSizeUnit): Intl.NumberFormat
  date(style: DateStyle): DateFormat
  time(): DateFormat
  dateTime(style: DateStyle): DateFormat
  weekday(): DateFormat
  dayAndMonth(): DateFormat
  calendarDay(instantMs: number): CalendarDay
  relativeDay(): Intl.RelativeTimeFormat
  plural(): Intl.PluralRules
  list(): Intl.ListFormat
  graphemes(): Intl.Segmenter
}

interface DateFormat {
  format(instantMs: number): string
}

/** More currencies than one region's customers pay in. */
const MAX_CURRENCIES = 16

export function createFormats(locale: string, timeZone: string): Formats {
  const currencies = createBoundedCache<Intl.NumberFormat>(MAX_CURRENCIES)
  const sizes = new Map<FileSizeUnit, Intl.NumberFormat>()
  const dates = new Map<DateStyle, DateFormat>()
  const dateTimes = new Map<DateStyle, DateFormat>()
  const dateFormat = (options: Intl.DateTimeFormatOptions) =>
    createDateFormat(locale, { ...options, timeZone })

  return {
    money: (currency) => currencies.getOrCreate(currency, () => moneyFormat(locale, currency)),
    number: lazy(() => new Intl.NumberFormat(locale)),
    size: (unit) => once(sizes, unit, () => sizeFormat(locale, unit)),
    date: (style) => once(dates, style, () => dateFormat({ dateStyle: style })),
    dateTime: (style) => once(dateTimes, style, () => dateFormat({ dateStyle: style, timeStyle: 'short' })),
    time: lazy(() => dateFormat({ timeStyle: 'short' })),
    weekday: lazy(() => dateFormat({ weekday: 'long' })),
    dayAndMonth: lazy(() => dateFormat({ day: 'numeric', month: 'long' })),
    calendarDay: createCalendarDays(timeZone),
    relativeDay: lazy(() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })),
    plural: lazy(() => new Intl.PluralRules(locale)),
    list: lazy(() => new Intl.ListFormat(locale)),
    graphemes: lazy(() => new Intl.Segmenter(locale)),
  }
}

/** Signs nobody takes for another currency, also where the language's own rules would write EUR or UAH. */
const UNMISTAKABLE_SIGNS: ReadonlySet<string> = new Set(['EUR', 'UAH'])

function moneyFormat(locale: string, currency: string): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: UNMISTAKABLE_SIGNS.has(currency) ? 'narrowSymbol' : 'symbol',
    // CLDR leaves the point out of Italian, Spanish and Polish numbers of four digits; shops write 1.234,50 €.
    useGrouping: 'always',
  })
}

function sizeFormat(locale: string, unit: FileSizeUnit): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: unit === 'byte' ? 'long' : 'short',
    maximumFractionDigits: 1,
  })
}

/** French says `1er novembre`, which CLDR does not know; days of digits alone stay `01/11/2026`. */
function createDateFormat(locale: string, options: Intl.DateTimeFormatOptions): DateFormat {
  const dates = new Intl.DateTimeFormat(locale, options)
  if (new Intl.Locale(locale).language !== 'fr') return dates
  return {
    format: (instantMs) =>
      dates
        .formatToParts(instantMs)
        .map(({ type, value }) => (type === 'day' && value === '1' ? '1er' : value))
        .join(''),
  }
}

function once<Key, Value>(known: Map<Key, Value>, key: Key, create: () => Value): Value {
  const value = known.get(key) ?? create()
  known.set(key, value)
  return value
}

function lazy<Value>(create: () => Value): () => Value {
  let value: Value | undefined
  return () => (value ??= create())
}
