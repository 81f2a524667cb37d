import { date, datetime, time } from './dates.ts'
import { defaultValue } from './default-value.ts'
import { fileSize } from './file-size.ts'
import type { Filter } from './filter.ts'
import { capitalize, lower, trim, truncate, upper } from './letters.ts'
import { first, join, last, length, list } from './lists.ts'
import { money } from './money.ts'
import { number } from './number.ts'
import { orderStatus } from './order-status.ts'
import { phone } from './phone.ts'
import { plural } from './plural.ts'
import { relativeDay } from './relative-day.ts'
import { urlEncode } from './url-encode.ts'

/** Every filter of the template language, by the name templates use. nunjucks' own filters are not offered. */
export const FILTERS: ReadonlyMap<string, Filter> = new Map([
  ['capitalize', capitalize],
  ['date', date],
  ['datetime', datetime],
  ['default', defaultValue],
  ['file_size', fileSize],
  ['first', first],
  ['join', join],
  ['last', last],
  ['length', length],
  ['list', list],
  ['lower', lower],
  ['money', money],
  ['number', number],
  ['order_status', orderStatus],
  ['phone', phone],
  ['plural', plural],
  ['relative_day', relativeDay],
  ['time', time],
  ['trim', trim],
  ['truncate', truncate],
  ['upper', upper],
  ['urlencode', urlEncode],
])
