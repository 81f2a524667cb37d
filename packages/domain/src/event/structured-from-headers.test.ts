import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { EXAMPLES } from '../examples/examples.ts'
import { parseEvent } from './parse-event.ts'
import { structuredFromHeaders } from './structured-from-headers.ts'

const { data } = EXAMPLES['cart.abandoned']
const HEADERS = { 'ce-specversion': '1.0', 'ce-id': '1', 'ce-source': '/erp', 'ce-type': 'cart.abandoned' }

test.each([
  ['Euro%20%E2%82%AC%20%F0%9F%98%80', 'Euro € 😀'],
  ['euro%20%e2%82%ac', 'Euro €'.toLowerCase()],
  ['%61bc', 'abc'],
  ['100%25', '100%'],
  ['%2525', '%25'],
  ['100%', '100%'],
  ['5%zz', '5%zz'],
  ['"quoted \\"word\\" and \\\\ %20"', 'quoted "word" and \\  '],
  ['"open', '"open'],
  ['  padded  ', 'padded'],
])('the header %j means %j', (header, value) => {
  expect(structuredFromHeaders({ 'ce-subject': header }, data)).toMatchObject({ subject: value })
})

test.each(['%C0%A0', '%ff', '%E2%82', '%ED%A0%80'])('bytes that are not UTF-8 are refused: %s', (header) => {
  const parsed = parseEvent(structuredFromHeaders({ ...HEADERS, 'ce-subject': header }, data), {
    nowMs: Date.now(),
  })
  expect(parsed).toMatchObject({
    status: 'invalid',
    issues: [{ pointer: '/subject', code: 'lone_surrogate' }],
  })
})

test.each([
  ['without ce-specversion', { 'ce-specversion': undefined }, '/specversion'],
  ['with a header sent twice', { 'ce-id': ['1', '2'] }, '/id'],
  ['with a body that is no JSON by its type', { 'content-type': 'text/plain' }, '/datacontenttype'],
  ['with an odd name', { 'ce-my_ext': 'x' }, '/my_ext'],
])('an event %s is refused', (_case, change, pointer) => {
  const parsed = parseEvent(structuredFromHeaders({ ...HEADERS, ...change }, data), { nowMs: Date.now() })
  expect(parsed).toMatchObject({ status: 'invalid', issues: [{ pointer }] })
})

test('the body is the data, whatever a header says, and other headers are no attributes', () => {
  const built = structuredFromHeaders({ ...HEADERS, 'CE-Data': '{}', authorization: 'Bearer x' }, data)
  expect(built['data']).toBe(data)
  expect(JSON.stringify(built)).not.toContain('Bearer')
})

test('it never throws, and a header called __proto__ changes no prototype', () => {
  const headers = fc.dictionary(
    fc.oneof(fc.string(), fc.constantFrom('ce-__proto__', 'ce-id', 'ce-', 'ce-constructor', 'content-type')),
    fc.oneof(fc.string(), fc.array(fc.string()), fc.constant(undefined)),
  )
  fc.assert(
    fc.property(headers, fc.jsonValue(), (some, body) => {
      const built = structuredFromHeaders(some, body)
      expect(Object.getPrototypeOf(built)).toBe(Object.prototype)
      expect(['valid', 'invalid']).toContain(parseEvent(built, { nowMs: 0 }).status)
    }),
  )
})
