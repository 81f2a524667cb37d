import { expect, test } from 'vitest'
import {
  dayLabel,
  durationLabel,
  formatDateTime,
  initialsOf,
  previewOf,
  shortDate,
  sizeLabel,
} from './browser/labels.ts'
import type { Message } from './browser/shapes.ts'

test.for([
  ['Ada Lovelace', 'AL'],
  ['  forno di ada ', 'FA'],
  ['Олена', 'О'],
  ['Книги та кава', 'КК'],
  ['🍞 Bakery', 'B'],
  ['🙂', ''],
  ['', ''],
] as const)('%j has the initials %j', ([name, initials]) => {
  expect(initialsOf(name)).toBe(initials)
})

test('a date is as short as it can be', () => {
  const now = new Date(2026, 10, 21, 12, 0).getTime()
  expect(shortDate(new Date(2026, 10, 21, 9, 5).getTime(), now)).toBe('09:05')
  expect(shortDate(new Date(2026, 10, 20, 23, 59).getTime(), now)).toMatch(/^[A-Za-z]{3}$/)
  expect(shortDate(new Date(2026, 9, 1).getTime(), now)).toMatch(/1/)
  expect(dayLabel(new Date(2026, 10, 21, 0, 1).getTime(), now)).toBe('Today')
  expect(dayLabel(new Date(2026, 10, 20, 23, 59).getTime(), now)).toBe('Yesterday')
})

test('sizes and lengths are round', () => {
  expect([0, 1023, 1536, 52_428_800].map(sizeLabel)).toEqual(['0 B', '1023 B', '1.5 KB', '50 MB'])
  expect([5, 65, 3600].map(durationLabel)).toEqual(['0:05', '1:05', '60:00'])
})

test('a preview is one line', () => {
  const message: Message = { key: 1, chat: '1:2', date: 0, from: { id: 1, is_bot: true, name: 'x' } }
  const photo = { kind: 'photo', url: '/x', file_size: 1 } as const
  expect(previewOf({ ...message, text: 'a\n b' })).toBe('a b')
  expect(previewOf({ ...message, media: photo, caption: 'c' })).toBe('Photo · c')
  expect(previewOf({ ...message, media: { ...photo, kind: 'document', file_name: 'a.pdf' } })).toBe('a.pdf')
})

test('a date in a message is written in the language of the person, and never fails', () => {
  expect(formatDateTime(1_795_262_400, 'D', 'it')).toContain('novembre')
  expect(formatDateTime(1_795_262_400, 'D', 'uk')).toContain('листопада')
  expect(formatDateTime(1_795_262_400, 'wDT', 'not a language')).not.toBe('')
})
