import { ORDER_STATUSES } from '../order-status.ts'
import type { Field, FieldType } from './field.ts'

const OF_TEXTS = ['truncate', 'upper', 'lower', 'capitalize', 'trim', 'urlencode', 'default']
const OF_NUMBERS = ['number', 'plural', 'file_size', 'default']
const OF_TIMES = ['date', 'time', 'datetime', 'relative_day', 'default']
const OF_LISTS = ['length', 'list', 'join', 'first', 'last']

const FILTERS: Record<FieldType, readonly string[]> = {
  text: [...OF_TEXTS, 'length', 'first', 'last', 'phone'],
  number: OF_NUMBERS,
  money: ['money', 'default'],
  time: OF_TIMES,
  link: ['link', 'default'],
  state: OF_TEXTS,
  yes_no: ['default'],
  list: OF_LISTS,
  group: [],
  anything: [...new Set(['money', ...OF_TIMES, ...OF_NUMBERS, ...OF_TEXTS, ...OF_LISTS, 'phone', 'link'])],
}

/** The names of the template filters a shop may want for a field; the templates package has them. */
export function filtersFor({ type, states }: Pick<Field, 'type' | 'states'>): readonly string[] {
  const isOfOrder = states?.known.includes(ORDER_STATUSES[0]) === true
  return isOfOrder ? ['order_status', ...FILTERS[type]] : FILTERS[type]
}
