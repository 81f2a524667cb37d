import { expect, test } from 'vitest'
import { MAX_EVENT_BYTES } from './limits.ts'
import { readEvent } from './read-event.ts'

function jsonOf(event: unknown): unknown {
  const reading = readEvent(event)
  return reading.status === 'read' ? JSON.parse(reading.event.json) : reading
}

function issuesOf(event: unknown): string[] {
  const reading = readEvent(event)
  return reading.status === 'invalid' ? reading.issues.map(({ code, detail }) => `${code}: ${detail}`) : []
}

test('a date is sent as RFC 3339, and what holds undefined is not there', () => {
  const at = new Date('2026-11-21T08:30:00Z')
  expect(jsonOf({ id: 'a', time: at, subject: undefined, data: { at: [at], none: undefined } })).toEqual({
    id: 'a',
    time: '2026-11-21T08:30:00.000Z',
    data: { at: ['2026-11-21T08:30:00.000Z'] },
  })
})

test.each<[string, unknown, string]>([
  [
    'NaN',
    { qty: Number.NaN },
    'number_out_of_range: data.qty is a number that would be rounded; send it as text.',
  ],
  ['an infinity', { qty: -Infinity }, 'number_out_of_range: data.qty is'],
  ['a whole number a double rounds', { id: 2 ** 53 }, 'number_out_of_range: data.id is'],
  ['a BigInt', { list: [1n] }, 'not_json: data.list[0] is not a JSON value.'],
  ['a function', { 'a b': () => 1 }, 'not_json: data."a b" is not a JSON value.'],
  ['a map', { map: new Map() }, 'not_json: data.map is not a JSON value.'],
  ['an undefined in a list', { list: [undefined] }, 'not_json: data.list[0] is not a JSON value.'],
  [
    'a hole in a list',
    { list: Array.from({ length: 1 }).fill(1).concat(Array(1)) },
    'not_json: data.list[1] is not',
  ],
  ['a date that is none', { at: new Date('never') }, 'not_json: data.at is no valid date.'],
])('%s is refused with the name of its field', (_name, data, issue) => {
  expect(issuesOf({ data })).toEqual([expect.stringContaining(issue)])
})

test('a circle ends at the depth an event may have', () => {
  const circle: Record<string, unknown> = {}
  circle['self'] = circle
  expect(issuesOf({ data: circle })).toEqual([expect.stringContaining('too_deep: data.self')])
})

test('what throws when it is read is refused', () => {
  const data = {
    get oops() {
      throw new Error('secret')
    },
  }
  expect(issuesOf({ data })).toEqual(['not_json: The event cannot be read as JSON.'])
})

test('an event has at most 64 KiB of UTF-8', () => {
  const sized = (bytes: number) => ({ id: 'a', data: 'è'.repeat((bytes - 20) / 2) })
  expect(readEvent(sized(MAX_EVENT_BYTES))).toMatchObject({
    status: 'read',
    event: { sizeBytes: MAX_EVENT_BYTES },
  })
  expect(issuesOf(sized(MAX_EVENT_BYTES + 2))).toEqual([
    'too_large: The event is larger than 65536 bytes; send large things by URL.',
  ])
})

test('no more than 20 issues are told', () => {
  expect(issuesOf({ data: Array(50).fill(Number.NaN) })).toHaveLength(20)
})

test('an id is kept; without one it gets one that rises with time', () => {
  expect(readEvent({ id: 'mine' })).toMatchObject({ event: { id: 'mine', json: '{"id":"mine"}' } })
  const made = readEvent({ id: undefined, type: 'x' })
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
  expect(made).toMatchObject({ event: { id: expect.stringMatching(uuid) } })
})
