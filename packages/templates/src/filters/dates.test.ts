import { expect, test } from 'vitest'
import { applyFilter } from './apply-for-tests.ts'

const EVENING = '2026-12-31T23:30:00Z'
const IT = { locale: 'it', timeZone: 'Europe/Rome' }
const EN = { locale: 'en-GB', timeZone: 'Europe/London' }
const UK = { locale: 'uk', timeZone: 'Europe/Kyiv' }

test('a date is the reader’s date, in the reader’s words', () => {
  expect(applyFilter('date', EVENING, [], IT)).toBe('1 gennaio 2027')
  expect(applyFilter('date', EVENING, [], EN)).toBe('31 December 2026')
  expect(applyFilter('date', EVENING, [], UK)).toBe('1 січня 2027 р.')
})

test('a date comes in four styles', () => {
  expect(applyFilter('date', EVENING, ['short'], IT)).toBe('01/01/27')
  expect(applyFilter('date', EVENING, ['medium'], IT)).toBe('1 gen 2027')
  expect(applyFilter('date', EVENING, ['full'], IT)).toBe('venerdì 1 gennaio 2027')
})

test('a time is the clock on the reader’s wall, summer time included', () => {
  expect(applyFilter('time', '2026-07-01T12:05:00Z', [], IT)).toBe('14:05')
  expect(applyFilter('time', '2026-12-01T12:05:00Z', [], IT)).toBe('13:05')
  expect(applyFilter('time', '2026-12-01T12:05:00+01:00', [], EN)).toBe('11:05')
})

test('date and time together', () => {
  expect(applyFilter('datetime', EVENING, [], UK)).toBe('1 січня 2027 р. о 01:30')
  expect(applyFilter('datetime', EVENING, ['short'], EN)).toBe('31/12/2026, 23:30')
})

test.each([0, '2026-12-31', 'now', '31/12/2026', '2026-13-01T00:00:00Z', '2026-12-31T10:00:00', {}, null])(
  '%j is no time',
  (value) => {
    expect(() => applyFilter('date', value, [])).toThrow('takes a time')
    expect(() => applyFilter('relative_day', value, [])).toThrow('takes a time')
  },
)

test('a style that does not exist is refused', () => {
  expect(() => applyFilter('date', EVENING, ['huge'])).toThrow('styles short, medium, long, full')
  expect(() => applyFilter('datetime', EVENING, ['constructor'])).toThrow('styles')
})
