import { expect, test } from 'vitest'
import { parseEvent } from '../event/parse-event.ts'
import { EVENT_KINDS, KIND_RULES } from '../kind.ts'
import { recipientsOf } from '../event/recipients-of.ts'
import { exampleAt } from './example-at.ts'
import { EXAMPLES } from './examples.ts'

const NOW_MS = Date.parse('2026-11-21T09:00:00Z')

test.each(EVENT_KINDS)('the example of %s is a valid event that tells somebody', (kind) => {
  const parsed = parseEvent(EXAMPLES[kind], { nowMs: NOW_MS })
  expect(parsed).toMatchObject({ status: 'valid', event: { type: kind } })
  const recipients = parsed.status === 'valid' ? recipientsOf(parsed.event) : []
  expect(recipients.map(({ role }) => role)).toEqual([KIND_RULES[kind].role])
})

test.each(EVENT_KINDS)('the example of %s can be moved to any day', (kind) => {
  for (const nowMs of [Date.parse('2020-01-01T00:00:00Z'), NOW_MS, Date.parse('2031-02-28T12:00:00Z')]) {
    const example = exampleAt(kind, nowMs)
    expect(Date.parse(example.time)).toBe(nowMs)
    expect(parseEvent(example, { nowMs })).toMatchObject({ status: 'valid' })
  }
})

test('a moved example keeps its distances: the due date stays a week ahead', () => {
  const { data } = exampleAt('activity.status_changed', NOW_MS)
  expect(data['activity']).toMatchObject({ due_at: '2026-11-28T10:55:00.000Z' })
})

test('extra is shown once', () => {
  expect(EVENT_KINDS.filter((kind) => 'extra' in EXAMPLES[kind].data)).toEqual(['order.status_changed'])
})
