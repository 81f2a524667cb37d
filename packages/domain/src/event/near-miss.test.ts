import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { findNearMiss } from './near-miss.ts'

const FIELDS = ['id', 'url', 'number', 'tracking_url', 'time_zone', 'eta_from']

test.each([
  ['nmuber', 'number'],
  ['members', undefined],
  ['numbr', 'number'],
  ['Number', 'number'],
  ['trackingUrl', 'tracking_url'],
  ['timezone', 'time_zone'],
  ['ID', 'id'],
  ['ean', undefined],
  ['ulr', 'url'],
  ['', undefined],
  ['x'.repeat(10_000), undefined],
])('%s: %s', (given, meant) => {
  expect(findNearMiss(given, FIELDS)).toBe(meant)
})

test('a name with one letter wrong is recognised', () => {
  fc.assert(
    fc.property(fc.constantFrom(...FIELDS.slice(2)), fc.nat(), (name, at) => {
      const index = at % name.length
      expect(findNearMiss(`${name.slice(0, index)}?${name.slice(index + 1)}`, FIELDS)).toBe(name)
    }),
  )
})
