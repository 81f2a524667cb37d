import type { FieldType } from '@postino/domain'

/** What a filter takes and gives. A type it does not take makes the render fail; one of `mayTake` with some values. */
export interface FilterType {
  takes: readonly FieldType[]
  mayTake?: readonly FieldType[]
  /** What it is for, as it follows "takes" in a sentence. */
  wants: string
  gives: FieldType
}

const READABLE: readonly FieldType[] = ['text', 'number', 'state', 'link', 'time', 'yes_no']

const OF_TEXTS: FilterType = { takes: READABLE, wants: 'a text', gives: 'text' }
const OF_TIMES: FilterType = { takes: ['time'], wants: 'a time', gives: 'text' }
const OF_LISTS: FilterType = { takes: ['list'], wants: 'a list', gives: 'text' }

/** By name; `default` takes everything. A test keeps this list whole. */
export const FILTER_TYPES: ReadonlyMap<string, FilterType> = new Map([
  ['capitalize', OF_TEXTS],
  ['lower', OF_TEXTS],
  ['upper', OF_TEXTS],
  ['trim', OF_TEXTS],
  ['truncate', OF_TEXTS],
  ['phone', OF_TEXTS],
  ['order_status', OF_TEXTS],
  ['urlencode', OF_TEXTS],
  ['date', OF_TIMES],
  ['time', OF_TIMES],
  ['datetime', OF_TIMES],
  ['relative_day', OF_TIMES],
  ['money', { takes: ['money'], wants: 'an amount of money', gives: 'text' }],
  ['number', { takes: ['number'], wants: 'a number', gives: 'text' }],
  ['file_size', { takes: ['number'], wants: 'a number of bytes', gives: 'text' }],
  ['plural', { takes: ['number'], mayTake: ['text'], wants: 'a number', gives: 'text' }],
  ['join', OF_LISTS],
  ['list', OF_LISTS],
  // Texts may be addresses, and blank ones give no link.
  ['link', { takes: ['link'], mayTake: ['text'], wants: 'an address', gives: 'text' }],
  ['length', { takes: ['list', ...READABLE], wants: 'a list or a text', gives: 'number' }],
  ['first', { takes: ['list', ...READABLE], wants: 'a list or a text', gives: 'text' }],
  ['last', { takes: ['list', ...READABLE], wants: 'a list or a text', gives: 'text' }],
])
