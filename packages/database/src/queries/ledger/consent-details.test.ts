import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { provesDetails, sealDetails } from './consent-details.ts'

const GIVEN = { reference: 'form 7', ip: '192.0.2.1', user_agent: 'Firefox', absent: undefined }

test('[U5] what is known of the visitor can be taken away, and the rest still proves itself', () => {
  const { details, hash } = sealDetails(GIVEN)
  expect(details).toMatchObject({ reference: 'form 7', visitor: { ip: '192.0.2.1', user_agent: 'Firefox' } })
  expect(provesDetails(details, hash)).toBe(true)
  const { visitor: _visitor, ...lasting } = details
  expect(provesDetails(lasting, hash)).toBe(true)
  expect(JSON.stringify(lasting)).not.toContain('192.0.2.1')
})

test.each([
  ['another reference', { reference: 'form 8' }],
  ['another visitor', { visitor: { ip: '192.0.2.2', user_agent: 'Firefox', nonce: 'x' } }],
  ['another hash of the visitor', { visitor: undefined, visitor_hash: 'x' }],
  ['one word more', { added: 'x' }],
])('[U5] %s proves nothing', (_what, change) => {
  const { details, hash } = sealDetails(GIVEN)
  expect(provesDetails({ ...details, ...change }, hash)).toBe(false)
})

test('two with the same content have different hashes; nothing else is proof', () => {
  expect(sealDetails(GIVEN).hash).not.toBe(sealDetails(GIVEN).hash)
  for (const nothing of [null, undefined, 'x', 5, []]) expect(provesDetails(nothing, 'x')).toBe(false)
})

test('any details prove themselves after Postgres has kept them as JSON', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (given) => {
      const { details, hash } = sealDetails(given)
      expect(provesDetails(JSON.parse(JSON.stringify(details)), hash)).toBe(true)
    }),
  )
})
