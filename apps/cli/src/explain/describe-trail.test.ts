import type { TrailMessage } from '@postino/database'
import { expect, test } from 'vitest'
import { describeMessage } from './describe-trail.ts'

const ACCEPTED_AT = '2026-11-20T22:05:00.412Z'
const ENDED_AT = '2026-11-21T07:00:00.912Z'

function describe(change: Partial<TrailMessage>): string {
  const message = {
    id: '81734',
    eventId: 'evt-1',
    source: '/',
    recipient: 'customer-2071',
    role: 'customer',
    kind: 'cart.abandoned',
    state: '',
    purpose: 'cart_reminders',
    lane: 1,
    status: 'accepted',
    reason: null,
    detail: null,
    telegramMessageId: null,
    template: null,
    isTest: false,
    supersededBy: null,
    acceptedAt: ACCEPTED_AT,
    queuedAt: null,
    dueAt: null,
    claimedAt: null,
    endedAt: null,
    attempts: [],
    presses: [],
    ...change,
  }
  return describeMessage(message).join('\n')
}

test('a deferred message tells until when', () => {
  expect(describe({ dueAt: '2026-11-21T07:00:00.000Z' })).toContain(
    '2026-11-21T07:00:00.000Z  deferred until then, for quiet hours: to be rendered',
  )
})

test('a message that was replaced names the one that took its place', () => {
  const told = describe({
    status: 'superseded',
    reason: 'superseded_by_newer',
    supersededBy: '81740',
    endedAt: ENDED_AT,
  })
  expect(told).toContain('superseded: superseded_by_newer')
  expect(told).toContain('Superseded by message 81740.')
  expect(
    describe({ status: 'unknown', reason: 'timed_out', supersededBy: '81740', endedAt: ENDED_AT }),
  ).toContain('Not sent once more: message 81740 took its place.')
})

test('a rendered message names its text, for which state and in which language it is, and the version', () => {
  const of = (template: TrailMessage['template']) =>
    describe({ status: 'queued', queuedAt: ENDED_AT, template })
  expect(of({ id: '7', version: 3, state: 'shipped', locale: 'it' })).toContain(
    'rendered with text 7 (it, shipped), version 3, and queued',
  )
  expect(of({ id: '7', version: 3, state: '', locale: 'it' })).toContain(
    'with text 7 (it, every state), version 3',
  )
  expect(of({ id: '7', version: 3, state: null, locale: null })).toContain('with text 7, version 3,')
})

test('a test says that it is one', () => {
  expect(describe({ isTest: true })).toMatch(/^Test message 81734 of event evt-1/)
})
