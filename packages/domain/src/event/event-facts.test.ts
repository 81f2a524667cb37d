import { expect, test } from 'vitest'
import { EXAMPLES } from '../examples/examples.ts'
import { EVENT_KINDS, type EventKind } from '../kind.ts'
import { changedExample } from './changed-example.ts'
import { collapseKeyOf, deadlineOf, sequenceOf, stateOf } from './event-facts.ts'
import { parseEvent, type ShopEvent } from './parse-event.ts'

function read(input: unknown): ShopEvent {
  const parsed = parseEvent(input, { nowMs: Date.parse('2026-11-21T09:00:00Z') })
  if (parsed.status === 'invalid') throw new Error(JSON.stringify(parsed.issues))
  return parsed.event
}

test.each<[EventKind, string, string]>([
  ['order.status_changed', 'shipped', 'order.status_changed ord-1143'],
  ['cart.abandoned', '', 'cart.abandoned cart-88c1'],
  ['message.created', '', 'message.created msg-5501'],
  ['message.read', '', 'message.read msg-5501'],
  ['activity.status_changed', 'in_progress', 'activity.status_changed act-310'],
  ['activity.acknowledged', 'open', 'activity.acknowledged act-311'],
  ['activity.due', 'open', 'activity.due act-312'],
  ['file.uploaded', '', 'file.uploaded file-77'],
  ['file.accessed', 'downloaded', 'file.accessed file-81 downloaded customer-1984'],
])('%s has the state %j and the key %j', (kind, state, key) => {
  expect(stateOf(read(EXAMPLES[kind]))).toBe(state)
  expect(collapseKeyOf(read(EXAMPLES[kind]))).toBe(key)
})

test('a partition key goes before the natural key, and never joins two kinds', () => {
  const keys = EVENT_KINDS.map((kind) => collapseKeyOf(read(changedExample(kind, '/partitionkey', 'k'))))
  expect(keys).toEqual(EVENT_KINDS.map((kind) => `${kind} k`))
})

test('two people opening one file are two pieces of news', () => {
  const other = read(changedExample('file.accessed', '/data/actor/external_id', 'somebody'))
  expect(collapseKeyOf(other)).not.toBe(collapseKeyOf(read(EXAMPLES['file.accessed'])))
})

test('the deadline is the expiry time, in UTC', () => {
  expect(deadlineOf(read(changedExample('cart.abandoned', '/expirytime', '2026-11-22T01:00:00+02:00')))).toBe(
    '2026-11-21T23:00:00.000Z',
  )
  expect(deadlineOf(read(EXAMPLES['cart.abandoned']))).toBeUndefined()
})

test('the sequence is the attribute, or else the order’s own, as text', () => {
  const order = changedExample('order.status_changed', '/data/order/sequence', 7)
  expect(sequenceOf(read(order))).toBe('7')
  expect(sequenceOf(read({ ...order, sequence: '9' }))).toBe('9')
  expect(sequenceOf(read(EXAMPLES['order.status_changed']))).toBeUndefined()
})
