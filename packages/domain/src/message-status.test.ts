import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  canMove,
  isFinal,
  MESSAGE_STATUSES,
  MESSAGE_TRANSITIONS,
  type MessageStatus,
} from './message-status.ts'

const status = fc.constantFrom(...MESSAGE_STATUSES)

test('an ended message never moves again', () => {
  for (const final of MESSAGE_STATUSES.filter(isFinal)) {
    expect(MESSAGE_STATUSES.filter((to) => canMove(final, to))).toEqual([])
  }
  expect(MESSAGE_STATUSES.filter(isFinal)).toEqual([
    'sent',
    'rejected',
    'suppressed',
    'superseded',
    'expired',
    'failed',
  ] satisfies MessageStatus[])
})

test('a message reaches sent only through queued and sending, in this order', () => {
  fc.assert(
    fc.property(fc.array(status, { maxLength: 30 }), (wishes) => {
      const walk: MessageStatus[] = ['accepted']
      for (const wish of wishes) {
        const now = walk.at(-1) ?? 'accepted'
        if (canMove(now, wish)) walk.push(wish)
      }
      const sentAt = walk.indexOf('sent')
      if (sentAt !== -1) {
        expect(['sending', 'unknown']).toContain(walk[sentAt - 1])
        expect(walk.indexOf('queued')).toBeGreaterThan(0)
        expect(walk.indexOf('queued')).toBeLessThan(walk.indexOf('sending'))
      }
    }),
  )
})

test('every status can be reached, and from every one an end can', () => {
  const reached = new Set<MessageStatus>(['accepted'])
  for (const from of reached) for (const to of MESSAGE_TRANSITIONS[from]) reached.add(to)
  expect([...reached].toSorted()).toEqual([...MESSAGE_STATUSES].toSorted())

  const ending = new Set<MessageStatus>(MESSAGE_STATUSES.filter(isFinal))
  for (let round = 0; round < MESSAGE_STATUSES.length; round++) {
    for (const from of MESSAGE_STATUSES) {
      if (MESSAGE_TRANSITIONS[from].some((to) => ending.has(to))) ending.add(from)
    }
  }
  expect(ending.size).toBe(MESSAGE_STATUSES.length)
})

test('from an unknown outcome a message is sent once more or learns what happened, and is never said to have been held back', () => {
  expect(MESSAGE_STATUSES.filter((to) => canMove('unknown', to))).toEqual([
    'sending',
    'sent',
    'rejected',
    'failed',
  ] satisfies MessageStatus[])
})

test('no message moves to where it is', () => {
  for (const same of MESSAGE_STATUSES) expect(canMove(same, same)).toBe(false)
})
