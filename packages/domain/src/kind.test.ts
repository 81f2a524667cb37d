import { expect, test } from 'vitest'
import { EVENT_KINDS, isEventKind, KIND_RULES } from './kind.ts'

test('every kind has a rule, and none a purpose that needs advertising consent', () => {
  expect(Object.keys(KIND_RULES)).toEqual([...EVENT_KINDS])
  expect(Object.values(KIND_RULES).map(({ purpose }) => purpose)).not.toContain('marketing')
})

test('reminders leave after transactional messages', () => {
  const later = EVENT_KINDS.filter((kind) => KIND_RULES[kind].lane > 0)
  expect(later).toEqual(['cart.abandoned', 'activity.due'])
})

test.each(['constructor', '__proto__', 'toString', '', 5, null, undefined, {}, ['order.status_changed']])(
  '%j is no kind',
  (value) => {
    expect(isEventKind(value)).toBe(false)
  },
)
