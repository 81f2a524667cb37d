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

test('what weighs more takes the room of several', () => {
  const cache = createBoundedCache<object>(6, (key) => key.length)
  const [short, other] = ['ab', 'cd'].map((key) => cache.getOrCreate(key, () => ({})))
  cache.getOrCreate('efg', () => ({}))
  expect(cache.getOrCreate('cd', () => ({}))).toBe(other)
  expect(cache.getOrCreate('ab', () => ({}))).not.toBe(short)
  cache.getOrCreate('far too long', () => ({}))
  expect(cache.getOrCreate('cd', () => ({}))).not.toBe(other)
})
