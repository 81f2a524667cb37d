import type { FieldType } from './field.ts'

const OF_TEXTS = ['truncate', 'upper', 'lower', 'capitalize', 'trim', 'default']
const OF_NUMBERS = ['number', 'plural', 'file_size', 'default']
const OF_TIMES = ['date', 'time', 'datetime', 'relative_day', 'default']
const OF_LISTS = ['length', 'list', 'join', 'first', 'last']

const FILTERS: Record<FieldType, readonly string[]> = {
  text: [...OF_TEXTS, 'length', 'first', 'last', 'phone'],
  number: OF_NUMBERS,
  money: ['money', 'default'],
  time: OF_TIMES,
  link: ['link', 'default'],
  state: ['order_status', ...OF_TEXTS],
  yes_no: ['default'],
  list: OF_LISTS,
  group: [],
  anything: [...new Set(['money', ...OF_TIMES, ...OF_NUMBERS, ...OF_TEXTS, ...OF_LISTS, 'phone', 'link'])],
}

/** The names of the template filters a shop may want for a field of this type; the templates package has them. */
export function filtersFor(type: FieldType): readonly string[] {
  return FILTERS[type]
}
