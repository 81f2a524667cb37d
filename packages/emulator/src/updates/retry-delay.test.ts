import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../random.ts'
import { retryDelayMs } from './retry-delay.ts'

test('the first failure is retried at once, the next after 2, 4, 8 seconds up to one to two minutes', () => {
  const random = createRandom(1)
  let past = { failures: 0, delayMs: 1000 }
  const waits: number[] = []
  for (let failures = 0; failures < 12; failures++) {
    const { waitMs, delayMs } = retryDelayMs({ ...past, failures }, 0, random)
    waits.push(waitMs)
    past = { failures, delayMs }
  }
  expect(waits.slice(0, 6)).toEqual([0, 2000, 4000, 8000, 16_000, 32_000])
  for (const wait of waits.slice(7)) {
    expect(wait).toBeGreaterThanOrEqual(60_000)
    expect(wait).toBeLessThanOrEqual(120_000)
  }
})

test('a Retry-After is obeyed up to an hour and leaves the doubling where it was', () => {
  fc.assert(
    fc.property(fc.nat(20), fc.integer({ min: 1, max: 100_000 }), (failures, seconds) => {
      const past = { failures, delayMs: 8000 }
      expect(retryDelayMs(past, seconds, createRandom(1))).toEqual({
        waitMs: Math.min(seconds, 3600) * 1000,
        delayMs: 8000,
      })
    }),
  )
})
