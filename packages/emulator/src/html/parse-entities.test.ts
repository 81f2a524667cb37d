import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseEntities } from './parse-entities.ts'

test('entities come in the form of the answer, numbers also as strings', () => {
  const value = [
    { type: 'bold', offset: '1', length: 2, extra: true },
    { type: 'pre', language: '', offset: 0, length: 1 },
    { type: 'text_mention', user: { id: 501, first_name: 'Ada' }, offset: 0, length: 1 },
    { type: 'custom_emoji', custom_emoji_id: 7, offset: 0, length: 1 },
    { type: 'date_time', unix_time: 5, date_time_format: 'tTW', offset: 0, length: 1 },
  ]
  expect(parseEntities(value)).toEqual({
    status: 'parsed',
    entities: [
      { type: 'bold', offset: 1, length: 2 },
      { type: 'pre', offset: 0, length: 1 },
      { type: 'text_mention', user: { id: 501 }, offset: 0, length: 1 },
      { type: 'custom_emoji', custom_emoji_id: '7', offset: 0, length: 1 },
      { type: 'date_time', unix_time: 5, date_time_format: 'wT', offset: 0, length: 1 },
    ],
  })
})

test.for([
  [[1], 'expected an Object'],
  [[{ length: 1, type: 'bold' }], `Can't find field "offset"`],
  [[{ offset: 1.5, length: 1, type: 'bold' }], 'Field "offset" must be a valid Number'],
  [[{ offset: true, length: 1, type: 'bold' }], 'Field "offset" must be a Number'],
  [[{ offset: 0, length: 1 }], `Can't find field "type"`],
  [[{ offset: 0, length: 1, type: 'blink' }], 'Unsupported type specified'],
  [[{ offset: 0, length: 1, type: 'text_link' }], `Can't find field "url"`],
  [[{ offset: 0, length: 1, type: 'text_mention', user: 5 }], 'Field "user" must be of type Object'],
] as const)('%j is refused: %s', ([value, complaint]) => {
  expect(parseEntities(value)).toEqual({
    status: 'refused',
    description: `can't parse MessageEntity: ${complaint}`,
  })
})

test('no JSON value makes it throw, and what is no list counts as none', () => {
  expect(parseEntities({ type: 'bold' })).toEqual({ status: 'parsed', entities: [] })
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      parseEntities(value)
    }),
  )
})
