import { expect, test } from 'vitest'
import { z } from 'zod'
import { EVENT_KINDS } from '../kind.ts'
import { schemaOfKind } from './event.ts'
import { findTimesOutOfRange, TIME_FIELDS } from './time-window.ts'

const NOW_MS = Date.parse('2026-11-21T09:00:00Z')

test('every time of every kind has a window, and every window a time', () => {
  const found = new Set<string>()
  for (const kind of EVENT_KINDS) {
    JSON.stringify(z.toJSONSchema(schemaOfKind(kind)), (name, value: unknown) => {
      if (isObject(value) && value['format'] === 'date-time') found.add(name)
      return value
    })
  }
  expect([...found].toSorted()).toEqual([...TIME_FIELDS.keys()].toSorted())
})

test.each([
  ['time', '2026-11-22T09:00:00Z', true],
  ['time', '2026-11-22T09:00:00.001Z', false],
  ['time', '2000-01-01T00:00:00Z', true],
  ['time', '1999-12-31T23:59:59Z', false],
  ['time', '2000-01-01T00:30:00+01:00', false],
  ['expirytime', '2036-11-21T09:00:00Z', true],
  ['expirytime', '2036-11-21T09:00:01Z', false],
  ['expirytime', '1970-01-01T00:00:00Z', false],
])('%s may be %s: %j', (name, value, isAllowed) => {
  expect(findTimesOutOfRange({ [name]: value }, NOW_MS)).toHaveLength(isAllowed ? 0 : 1)
})

test('times are found wherever they stand, but what is in data.extra is the shop’s own affair', () => {
  const far = '2999-01-01T00:00:00Z'
  const event = {
    data: { cart: { updated_at: far }, extra: { time: far, due_at: far }, to: [{ read_at: far }] },
  }
  expect(findTimesOutOfRange(event, NOW_MS).map(({ path }) => path)).toEqual([
    ['data', 'cart', 'updated_at'],
    ['data', 'to', '0', 'read_at'],
  ])
})

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
