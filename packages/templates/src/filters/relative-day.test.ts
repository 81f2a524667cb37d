import { expect, test } from 'vitest'
import { applyFilter } from './apply-for-tests.ts'

/** Saturday, 21 November 2026, 10:00 in Rome. */
const now = '2026-11-21T09:00:00Z'

test.each([
  ['2026-11-20T00:00:00+01:00', 'ieri', 'yesterday', 'учора'],
  ['2026-11-21T23:59:59+01:00', 'oggi', 'today', 'сьогодні'],
  ['2026-11-22T00:00:00+01:00', 'domani', 'tomorrow', 'завтра'],
  ['2026-11-23T12:00:00+01:00', 'lunedì', 'Monday', 'понеділок'],
  ['2026-11-27T12:00:00+01:00', 'venerdì', 'Friday', 'пʼятниця'],
  ['2026-11-28T12:00:00+01:00', '28 novembre', '28 November', '28 листопада'],
  ['2026-11-19T12:00:00+01:00', '19 novembre', '19 November', '19 листопада'],
  ['2027-01-05T12:00:00+01:00', '5 gennaio 2027', '5 January 2027', '5 січня 2027 р.'],
])('%s is said as people say it', (day, italian, english, ukrainian) => {
  const timeZone = 'Europe/Rome'
  expect(applyFilter('relative_day', day, [], { locale: 'it', timeZone, now })).toBe(italian)
  expect(applyFilter('relative_day', day, [], { locale: 'en-GB', timeZone, now })).toBe(english)
  expect(applyFilter('relative_day', day, [], { locale: 'uk', timeZone, now })).toBe(ukrainian)
})

test('the day is the one of the reader’s zone', () => {
  const midnight = '2026-11-21T23:30:00Z'
  expect(applyFilter('relative_day', midnight, [], { locale: 'en', timeZone: 'Europe/London', now })).toBe(
    'today',
  )
  expect(applyFilter('relative_day', midnight, [], { locale: 'en', timeZone: 'Europe/Kyiv', now })).toBe(
    'tomorrow',
  )
})

test('days of 23 and of 25 hours are one day', () => {
  const beforeSpring = '2026-03-28T22:59:00Z'
  expect(applyFilter('relative_day', '2026-03-29T21:59:00Z', [], { locale: 'it', now: beforeSpring })).toBe(
    'domani',
  )
  expect(applyFilter('relative_day', '2026-03-29T22:01:00Z', [], { locale: 'it', now: beforeSpring })).toBe(
    'lunedì',
  )
  const beforeAutumn = '2026-10-24T22:01:00Z'
  expect(applyFilter('relative_day', '2026-10-25T22:59:00Z', [], { locale: 'it', now: beforeAutumn })).toBe(
    'oggi',
  )
})
