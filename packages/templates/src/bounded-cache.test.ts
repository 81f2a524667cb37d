import { expect, test } from 'vitest'
import { createBoundedCache } from './bounded-cache.ts'

test('a value is created once while it is in use', () => {
  const cache = createBoundedCache<object>(2)
  const first = cache.getOrCreate('a', () => ({}))
  expect(cache.getOrCreate('a', () => ({}))).toBe(first)
})

test('the entry longest unused makes room for a new one', () => {
  const cache = createBoundedCache<object>(2)
  const a = cache.getOrCreate('a', () => ({}))
  const b = cache.getOrCreate('b', () => ({}))
  cache.getOrCreate('a', () => ({}))
  cache.getOrCreate('c', () => ({}))
  expect(cache.getOrCreate('a', () => ({}))).toBe(a)
  expect(cache.getOrCreate('b', () => ({}))).not.toBe(b)
})
