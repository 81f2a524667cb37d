import { expect, test } from 'vitest'
import { optionsFor, reconnectDelayMs } from './redis-options.ts'

test('reconnecting starts quickly, slows down to the cap, and never stops', () => {
  expect(reconnectDelayMs(1, 500)).toBeGreaterThanOrEqual(50)
  expect(reconnectDelayMs(1, 500)).toBeLessThan(100)
  for (const attempt of [5, 50, 5_000]) {
    expect(reconnectDelayMs(attempt, 500)).toBeGreaterThanOrEqual(500)
    expect(reconnectDelayMs(attempt, 500)).toBeLessThan(550)
  }
})

test('a former primary makes both roles reconnect: a producer fails its command, a worker sends it again', () => {
  const readOnly = new Error("READONLY You can't write against a read only replica.")
  expect(optionsFor('producer').reconnectOnError?.(readOnly)).toBe(1)
  expect(optionsFor('worker').reconnectOnError?.(readOnly)).toBe(2)
  expect(optionsFor('worker').reconnectOnError?.(new Error('ERR other'))).toBe(false)
})

test('a worker laid over a producer waits without limit', () => {
  const options = { ...optionsFor('producer'), ...optionsFor('worker') }
  expect(options).toMatchObject({ maxRetriesPerRequest: null, commandTimeout: undefined })
})
