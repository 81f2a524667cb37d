import { expect, test } from 'vitest'
import { EXAMPLES } from '../examples/examples.ts'
import type { EventKind } from '../kind.ts'
import { changedExample } from './changed-example.ts'
import type { EventIssue } from './issue.ts'
import { parseEvent } from './parse-event.ts'

const NOW_MS = Date.parse('2026-11-21T09:00:00Z')
const ORDER = 'order.status_changed'
const PERSON = { external_id: 'p' }

function issuesOf(input: unknown): EventIssue[] {
  const parsed = parseEvent(input, { nowMs: NOW_MS })
  return parsed.status === 'invalid' ? parsed.issues : []
}

test.each<[EventKind, string, unknown, string]>([
  // The envelope.
  [ORDER, '/specversion', '0.3', 'not_allowed'],
  [ORDER, '/id', undefined, 'required'],
  [ORDER, '/id', 7, 'wrong_type'],
  [ORDER, '/id', ['a'], 'wrong_type'],
  [ORDER, '/id', '', 'empty'],
  [ORDER, '/id', 'a b', 'invalid_id'],
  [ORDER, '/id', 'x'.repeat(129), 'too_long'],
  [ORDER, '/source', undefined, 'required'],
  [ORDER, '/source', 'my shop', 'invalid_uri'],
  [ORDER, '/source', '', 'invalid_uri'],
  [ORDER, '/source', 'http://shop.example/%zz', 'invalid_uri'],
  [ORDER, '/type', undefined, 'required'],
  [ORDER, '/type', 5, 'wrong_type'],
  [ORDER, '/type', 'order.created', 'unknown_kind'],
  [ORDER, '/type', 'constructor', 'unknown_kind'],
  [ORDER, '/type', '__proto__', 'unknown_kind'],
  [ORDER, '/time', 'yesterday', 'invalid_time'],
  [ORDER, '/time', '2026-11-23T09:00:00Z', 'time_out_of_range'],
  [ORDER, '/time', '1999-11-23T09:00:00Z', 'time_out_of_range'],
  [ORDER, '/expirytime', '2037-01-01T00:00:00Z', 'time_out_of_range'],
  [ORDER, '/sequence', 5, 'wrong_type'],
  [ORDER, '/partitionkey', 'a b', 'invalid_id'],
  [ORDER, '/traceparent', 'abc', 'invalid_traceparent'],
  [ORDER, '/datacontenttype', 'application/xml', 'unsupported_content_type'],
  [ORDER, '/dataref', 'https://shop.example/data/1', 'refused_attribute'],
  [ORDER, '/data_base64', 'e30=', 'refused_attribute'],
  [ORDER, '/myExtension', 'x', 'invalid_attribute_name'],
  [ORDER, `/${'x'.repeat(21)}`, 'x', 'invalid_attribute_name'],
  [ORDER, '/myextension', {}, 'wrong_type'],
  [ORDER, '/myextension', 1.5, 'wrong_type'],
  [ORDER, '/data', undefined, 'required'],
  [ORDER, '/data', null, 'wrong_type'],
  [ORDER, '/data', '{}', 'wrong_type'],
  [ORDER, '/data', [], 'wrong_type'],
  // Fields of our own.
  [ORDER, '/data/order', undefined, 'required'],
  [ORDER, '/data/order/number', undefined, 'required'],
  [ORDER, '/data/order/number', 1143, 'wrong_type'],
  [ORDER, '/data/order/number', null, 'wrong_type'],
  [ORDER, '/data/order/number', ' ', 'blank'],
  [ORDER, '/data/order/status', 'x'.repeat(65), 'too_long'],
  [ORDER, '/data/order/total', '136.70', 'wrong_type'],
  [ORDER, '/data/order/total/amount', 136.7, 'wrong_type'],
  [ORDER, '/data/order/total/amount', 'NaN', 'invalid_amount'],
  [ORDER, '/data/order/total/currency', 'eur', 'invalid_currency'],
  [ORDER, '/data/order/total/cents', 13670, 'unknown_field'],
  [ORDER, '/data/order/items', {}, 'wrong_type'],
  [ORDER, '/data/order/items', Array.from({ length: 201 }, () => ({ name: 'x', qty: 1 })), 'too_many'],
  [ORDER, '/data/order/items/0/qty', '4', 'wrong_type'],
  [ORDER, '/data/order/items/1/qty', -1, 'too_small'],
  [ORDER, '/data/order/url', 'javascript:alert(1)', 'invalid_url'],
  [ORDER, '/data/order/placed_at', '2026-02-30T00:00:00Z', 'invalid_time'],
  [ORDER, '/data/order/updated_at', '2027-01-01T00:00:00Z', 'time_out_of_range'],
  [ORDER, '/data/order/sequence', true, 'wrong_type'],
  [ORDER, '/data/order/constructor', 'x', 'unknown_field'],
  [ORDER, '/data/delivery/eta_from', '2099-01-01T00:00:00Z', 'time_out_of_range'],
  [ORDER, '/data/customer', undefined, 'required'],
  [ORDER, '/data/customer/external_id', undefined, 'required'],
  [ORDER, '/data/customer/name/first', undefined, 'required'],
  [ORDER, '/data/customer/locale', 'it_IT', 'invalid_locale'],
  [ORDER, '/data/customer/time_zone', 'CEST+1', 'invalid_time_zone'],
  [ORDER, '/data/customer/phone', '055 123', 'invalid_phone'],
  [ORDER, '/data/customer/phone', '+390551234567890123', 'too_long'],
  [ORDER, '/data/customer/email', 'giulia', 'invalid_email'],
  [ORDER, '/data/to', [], 'empty'],
  [ORDER, '/data/to', PERSON, 'wrong_type'],
  [ORDER, '/data/to', Array.from({ length: 101 }, () => PERSON), 'too_many'],
  [ORDER, '/data/extra', [1], 'wrong_type'],
  [ORDER, '/data/shop', 'another', 'unknown_field'],
  ['cart.abandoned', '/data/cart/recovery_url', undefined, 'required'],
  ['message.created', '/data/message/url', undefined, 'required'],
  ['message.created', '/data/sender', undefined, 'required'],
  ['message.created', '/data/read_at', '2026-11-20T00:00:00Z', 'unknown_field'],
  ['message.read', '/data/recipient', undefined, 'required'],
  ['activity.status_changed', '/data/creator', undefined, 'required'],
  ['activity.due', '/data/assignee', undefined, 'required'],
  ['file.uploaded', '/data/file/size', 1.5, 'wrong_type'],
  ['file.uploaded', '/data/file/size', -1, 'too_small'],
  ['file.uploaded', '/data/folder/admins', [], 'empty'],
  ['file.uploaded', '/data/action', 'downloaded', 'unknown_field'],
  ['file.accessed', '/data/action', undefined, 'required'],
  ['file.accessed', '/data/action', 'read', 'not_allowed'],
  ['file.accessed', '/data/file/mime', 'pdf', 'invalid_media_type'],
  // What could not be stored.
  [ORDER, '/data/note', 'a\0b', 'nul_character'],
  [ORDER, '/data/note', 'a\u001bb', 'control_character'],
  [ORDER, '/data/note', 'a\rb', 'control_character'],
  [ORDER, '/data/note', 'a\ud83d', 'lone_surrogate'],
  [ORDER, '/data/note', 'x'.repeat(4097), 'too_long'],
  [ORDER, '/data/extra/note', 'x'.repeat(4097), 'too_long'],
  [ORDER, '/data/extra/big', 2 ** 53, 'number_out_of_range'],
  [ORDER, '/data/extra/big', Number.POSITIVE_INFINITY, 'number_out_of_range'],
  [ORDER, '/data/extra/date', new Date(), 'not_json'],
  [ORDER, '/data/extra/big', 1n, 'not_json'],
])('%s with %s = %o: %s', (kind, pointer, value, code) => {
  const issues = issuesOf(changedExample(kind, pointer, value))
  expect(issues).toEqual([{ pointer, code, detail: expect.stringMatching(/^\S.*[.?]$/) }])
})

test('what cannot be a member name is told at the object that has it', () => {
  for (const [name, code] of [
    ['__proto__', 'forbidden_key'],
    ['n'.repeat(129), 'name_too_long'],
    ['a\0', 'nul_character'],
    ['\udc00', 'lone_surrogate'],
  ]) {
    const extra: unknown = JSON.parse(`{${JSON.stringify(name)}: {"isAdmin": true}}`)
    expect(issuesOf(changedExample(ORDER, '/data/extra', extra))).toMatchObject([
      { pointer: '/data/extra', code },
    ])
  }
  expect('isAdmin' in {}).toBe(false)
})

test('pointers are escaped as RFC 6901 has it', () => {
  expect(issuesOf(changedExample(ORDER, '/data/order', { 'a/b~c': 1 }))).toContainEqual(
    expect.objectContaining({ pointer: '/data/order/a~1b~0c', code: 'unknown_field' }),
  )
})

test('twenty levels are read, one more is not', () => {
  function nested(levels: number): unknown {
    return levels === 0 ? 'deep' : [nested(levels - 1)]
  }
  // The event, data and extra are three of them.
  expect(issuesOf(changedExample(ORDER, '/data/extra', { nested: nested(17) }))).toEqual([])
  expect(issuesOf(changedExample(ORDER, '/data/extra', { nested: nested(18) }))).toMatchObject([
    { code: 'too_deep' },
  ])
  expect(issuesOf(changedExample(ORDER, '/data/extra', { nested: nested(100) }))).toMatchObject([
    { code: 'too_deep' },
  ])
})

test('2,000 members are read, more are not, wherever they are', () => {
  const extra = { type: ORDER, id: '1', data: { extra: Array(2_000).fill(0) } }
  expect(issuesOf(extra)).toMatchObject([{ pointer: '', code: 'too_many_members' }])
  expect(issuesOf(Array(2_001).fill(0))).toMatchObject([{ pointer: '', code: 'too_many_members' }])
  expect(issuesOf(changedExample(ORDER, '/data/extra', { list: Array(1_900).fill(0) }))).toEqual([])
})

test('64 KiB are read, more are not', () => {
  function withBytes(bytes: number): object {
    const lists = Array.from({ length: Math.floor(bytes / 2_003) }, () => 'ü'.repeat(1_000))
    return changedExample(ORDER, '/data/extra', { lists })
  }
  expect(issuesOf(withBytes(62_000))).toEqual([])
  expect(issuesOf(withBytes(70_000))).toMatchObject([{ pointer: '', code: 'too_large' }])
})

test('an event with very many problems is told the first twenty', () => {
  const items = Array.from({ length: 100 }, () => ({ title: 'x' }))
  expect(issuesOf(changedExample(ORDER, '/data/order/items', items))).toHaveLength(20)
  expect(issuesOf(changedExample(ORDER, '/data/extra', { list: Array(100).fill('\0') }))).toHaveLength(20)
})

test.each([undefined, null, 5, 'x', true, [], [EXAMPLES[ORDER]], () => 1, Symbol('x'), 1n, new Map()])(
  '%o is no event',
  (input) => {
    expect(issuesOf(input)).toMatchObject([
      { pointer: '', code: expect.stringMatching(/^(wrong_type|not_json)$/) },
    ])
  },
)

test('a value that throws when it is read is not JSON', () => {
  const trap = {
    get type(): string {
      throw new Error('read')
    },
  }
  expect(issuesOf(trap)).toMatchObject([{ code: 'not_json' }])
  const loop: Record<string, unknown> = {}
  loop['loop'] = loop
  expect(issuesOf(loop)).toMatchObject([{ code: 'too_deep' }])
})

test('a hole in a list is not JSON', () => {
  const list = [1]
  list[2] = 3
  expect(issuesOf(changedExample(ORDER, '/data/extra/list', list))).toMatchObject([
    { pointer: '/data/extra/list/1', code: 'not_json' },
  ])
})

test('a near miss is named', () => {
  const details = [
    issuesOf(changedExample(ORDER, '/type', 'order.status_change')),
    issuesOf(changedExample(ORDER, '/data/customer/timezone', 'Europe/Rome')),
    issuesOf(changedExample(ORDER, '/data/order/nubmer', '7')),
    issuesOf({ type: ORDER, id: '1', data: EXAMPLES[ORDER].data, partitionKey: 'x' }),
    issuesOf(changedExample(ORDER, '/expiryTime', '2026-11-22T00:00:00Z')),
  ].map(([issue]) => issue?.detail)
  expect(details).toEqual([
    'type is not a kind of event Postino knows. Did you mean "order.status_changed"?',
    'data.customer has no field "timezone". Did you mean "time_zone"? Fields of your own go into data.extra.',
    'data.order has no field "nubmer". Did you mean "number"? Fields of your own go into data.extra.',
    'The event has no field "partitionKey". Did you mean "partitionkey"?',
    'expiryTime is no attribute of CloudEvents; their names are 1 to 20 lower-case letters and digits. Did you mean "expirytime"?',
  ])
})

test('the value itself is never repeated, as it may be personal', () => {
  const secret = 'Giulia <geheim>'
  for (const pointer of [
    '/data/customer/email',
    '/data/customer/phone',
    '/data/customer/locale',
    '/id',
    '/type',
  ]) {
    expect(JSON.stringify(issuesOf(changedExample(ORDER, pointer, secret)))).not.toContain('geheim')
  }
})
