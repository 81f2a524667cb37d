import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { normaliseTime, parseTime } from './time.ts'

test.each([
  ['2026-11-21T09:30:00+01:00', '2026-11-21T08:30:00.000Z'],
  ['2026-11-21t08:30:00z', '2026-11-21T08:30:00.000Z'],
  ['2026-11-21T08:30:00.123456789Z', '2026-11-21T08:30:00.123Z'],
  ['2024-02-29T23:59:59-00:00', '2024-02-29T23:59:59.000Z'],
])('%s is %s', (given, utc) => {
  expect(normaliseTime(given)).toBe(utc)
})

test.each([
  '2026-11-21',
  '2026-11-21T09:30:00',
  '2026-11-21T09:30Z',
  '2026-11-21 09:30:00Z',
  '2026-02-30T00:00:00Z',
  '2025-02-29T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-00-01T00:00:00Z',
  '2026-11-21T24:00:00Z',
  '2026-11-21T23:60:00Z',
  '2026-12-31T23:59:60Z',
  '2026-11-21T09:30:00+24:00',
  '2026-11-21T09:30:00+0100',
  '2026-11-21T09:30:00.Z',
  ' 2026-11-21T09:30:00Z',
  '2026-11-21T09:30:00Z\n',
  '+002026-11-21T09:30:00Z',
  '٢٠٢٦-11-21T09:30:00Z',
  'now',
  'infinity',
  'yesterday',
  '1700000000',
  '',
  `2026-11-21T09:30:00.${'0'.repeat(1000)}Z`,
])('%j is no time with zone', (text) => {
  expect(parseTime(text)).toBeUndefined()
  expect(normaliseTime(text)).toBeUndefined()
})

test('an instant survives being written in any zone', () => {
  const instant = fc.date({ min: new Date('2000-01-02'), max: new Date('2040-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(instant, fc.integer({ min: -1439, max: 1439 }), (date, offsetMinutes) => {
      const local = new Date(date.getTime() + offsetMinutes * 60_000).toISOString().replace('Z', '')
      const offset = Math.abs(offsetMinutes)
      const zone = [Math.floor(offset / 60), offset % 60]
        .map((part) => String(part).padStart(2, '0'))
        .join(':')
      expect(normaliseTime(`${local}${offsetMinutes < 0 ? '-' : '+'}${zone}`)).toBe(date.toISOString())
    }),
  )
})

test('a text is a time when it has the form of one and its day and its clock exist', () => {
  const form =
    /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i
  const one = fc.constantFrom(
    '2026-11-20T16:05:00+01:00',
    '2024-02-29T23:59:59.5-11:30',
    '2026-11-20t15:05:00.000z',
  )
  const change = fc.tuple(
    fc.nat(30),
    fc.constantFrom('', '0', '3', '9', '-', ':', '.', 'Z', 'é', ' '),
    fc.nat(1),
  )
  fc.assert(
    fc.property(one, fc.array(change, { maxLength: 2 }), (given, changes) => {
      const text = changes.reduce<string>(
        (was, [at, letter, cut]) => was.slice(0, at) + letter + was.slice(at + cut),
        given,
      )
      // Of a day that does not exist Date makes another one.
      const day = new Date(`${text.slice(0, 10)}T00:00:00Z`)
      const isDay = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.slice(0, 10))
      const timeMs = form.test(text) && isDay ? Date.parse(text.toUpperCase()) : undefined
      expect(parseTime(text)).toBe(timeMs)
      expect(normaliseTime(text)).toBe(timeMs === undefined ? undefined : new Date(timeMs).toISOString())
    }),
    { numRuns: 2_000 },
  )
})
