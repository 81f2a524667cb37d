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
