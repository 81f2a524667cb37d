import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRateLimit } from './rate-limit.ts'

function limitAt(options: { burst: number; perSecond: number }) {
  let now = 1_000
  const limit = createRateLimit({ ...options, nowMs: () => now })
  return { limit, pass: (ms: number) => (now += ms) }
}

test('a burst may happen at once, then one for each pause, and the wait is told', () => {
  const { limit, pass } = limitAt({ burst: 3, perSecond: 0.1 })
  expect([1, 2, 3].map(() => limit.take('a'))).toEqual([undefined, undefined, undefined])
  expect(limit.take('a')).toBe(10)
  expect(limit.take('b')).toBeUndefined()
  pass(9_000)
  expect(limit.take('a')).toBe(1)
  pass(1_000)
  expect(limit.take('a')).toBeUndefined()
  expect(limit.take('a')).toBe(10)
})

test('who is refused is not set back by it', () => {
  const { limit, pass } = limitAt({ burst: 1, perSecond: 1 })
  limit.take('a')
  for (let tried = 0; tried < 100; tried++) limit.take('a')
  pass(1_000)
  expect(limit.take('a')).toBeUndefined()
})

test('in no span of time more happens than the burst and what the span brings', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3_000), { maxLength: 60 }), (pauses) => {
      const { limit, pass } = limitAt({ burst: 5, perSecond: 2 })
      let at = 0
      const taken = pauses.flatMap((pause) => {
        at += pause
        pass(pause)
        return limit.take('a') === undefined ? [at] : []
      })
      for (const [index, first] of taken.entries()) {
        for (const [more, last] of taken.slice(index).entries()) {
          expect(more + 1).toBeLessThanOrEqual(5 + ((last - first) / 1_000) * 2 + 1e-9)
        }
      }
    }),
  )
})

test('a hundred thousand visitors and more are counted in bounded room, quickly', () => {
  const { limit } = limitAt({ burst: 2, perSecond: 0.01 })
  for (let visitor = 0; visitor < 150_000; visitor++) limit.take(String(visitor))
  expect(limit.take('149999')).toBeUndefined()
  expect(limit.take('149999')).toBe(100)
})
