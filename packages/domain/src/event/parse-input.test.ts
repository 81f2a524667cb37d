import { expect, test } from 'vitest'
import { z } from 'zod'
import { contactInputSchema } from '../schema/contact.ts'
import { parseInput } from './parse-input.ts'

test.each<[unknown, string, string, RegExp]>([
  [{}, '/external_id', 'required', /external_id is missing: how the shop calls/],
  [[], '', 'wrong_type', /^The body must be an object, not a list\./],
  [
    { external_id: 'a', emial: '' },
    '/emial',
    'unknown_field',
    /^The body has no field "emial"\. Did you mean "email"\?/,
  ],
  [{ external_id: 'a', data: 1 }, '/data', 'unknown_field', /Known here: /],
  [{ external_id: 'a', name: { frist: 'A' } }, '/name/frist', 'unknown_field', /"first"/],
  [{ external_id: 'a', name: { first: 'A\0' } }, '/name/first', 'nul_character', /leave it out/],
  [{ external_id: 'a', phone: 3 }, '/phone', 'wrong_type', /^phone must be text, not a number\./],
  [{ external_id: 'a', phone: '0347' }, '/phone', 'invalid_phone', /E\.164/],
  [{ external_id: 'a', birthday: '1984-02-30' }, '/birthday', 'invalid_birthday', /1984-05-12/],
  [{ external_id: 'a', attributes: { 'A b': 1 } }, '/attributes/A b', 'invalid', /lower-case/],
  [{ external_id: 'a', attributes: { a: null } }, '/attributes/a', 'wrong_type', /null/],
])('%o: the issue stands at %j and is called %s', (input, pointer, code, detail) => {
  const parsed = parseInput(contactInputSchema, input)
  expect(parsed).toMatchObject({ status: 'invalid', issues: [{ pointer, code }] })
  expect(parsed.status === 'invalid' && parsed.issues[0]?.detail).toMatch(detail)
})

const BUTTONS = z.strictObject({
  rows: z
    .array(
      z.union([z.strictObject({ text: z.string(), url: z.string() }), z.strictObject({ copy: z.string() })]),
    )
    .default([]),
})

test.each<[unknown, string[]]>([
  [{ text: 'a', urll: 'b' }, ['rows[0].url is missing.', 'rows[0] has no field "urll". Did you mean "url"?']],
  [{ text: 'a', url: 5 }, ['rows[0].url must be text, not a number.']],
  [{ copy: true }, ['rows[0].copy must be text, not true or false.']],
  [{ copy: 'a', what: 1 }, ['rows[0] has no field "what". Known here: text, url, copy.']],
  ['a', ['rows[0] must be an object, not text.']],
])('of several forms the one that was meant is told: %j', (row, details) => {
  const parsed = parseInput(BUTTONS, { rows: [row] })
  expect(parsed.status === 'invalid' && parsed.issues.map(({ detail }) => detail)).toEqual(details)
})

test('what is valid comes out as its schema reads it', () => {
  const given = { external_id: 'customer-1', locale: 'IT-it', phone: null, name: { first: 'Olena' } }
  expect(parseInput(contactInputSchema, given)).toEqual({
    status: 'valid',
    value: { external_id: 'customer-1', locale: 'it-IT', phone: null, name: { first: 'Olena' } },
  })
})

test('at most twenty issues are told', () => {
  const input = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`field${index}`, 1]))
  const parsed = parseInput(z.strictObject({}), input)
  expect(parsed.status === 'invalid' && parsed.issues).toHaveLength(20)
})

test('what is called otherwise is called so', () => {
  const parsed = parseInput(z.strictObject({ limit: z.string() }), { limt: '1' }, { whole: 'The query' })
  expect(parsed).toMatchObject({ issues: [{ pointer: '/limit' }, { pointer: '/limt' }] })
  expect(JSON.stringify(parsed)).toContain('The query has no field')
})

test('a text may be longer where the caller says so', () => {
  const schema = z.strictObject({ text: z.string() })
  const input = { text: 'x'.repeat(5_000) }
  expect(parseInput(schema, input)).toMatchObject({ issues: [{ pointer: '/text', code: 'too_long' }] })
  expect(parseInput(schema, input, { maxTextChars: 5_000 })).toEqual({ status: 'valid', value: input })
})
