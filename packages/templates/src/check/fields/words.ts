import type { FieldType } from '@postino/domain'

/** What a field of a type is, as a sentence calls it. */
export const TYPE_WORDS: Readonly<Record<FieldType, string>> = {
  text: 'a text',
  number: 'a number',
  money: 'an amount of money',
  time: 'a time',
  link: 'an address',
  state: 'a state',
  yes_no: 'a yes or no',
  list: 'a list',
  group: 'a group of fields',
  anything: 'a field of your own',
}
