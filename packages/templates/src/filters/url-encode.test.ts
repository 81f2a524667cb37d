import { expect, test } from 'vitest'
import { applyFilter } from './apply-for-tests.ts'

test('a text becomes a part of an address, whatever stands in it', () => {
  expect(applyFilter('urlencode', '2025/1143', [])).toBe('2025%2F1143')
  expect(applyFilter('urlencode', 'è "così" & così', [])).toBe('%C3%A8%20%22cos%C3%AC%22%20%26%20cos%C3%AC')
  expect(applyFilter('urlencode', 42, [])).toBe('42')
  expect(applyFilter('urlencode', '\udc00', [])).toBe('%EF%BF%BD')
})

test('of a long text its beginning does, in whole characters', () => {
  const encoded = String(applyFilter('urlencode', 'a' + '😀'.repeat(2_000), []))
  expect(encoded).toMatch(/^a(?:%F0%9F%98%80){99}$/)
})
