import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { withDefaults } from './flood-settings.ts'
import { findOffences, simulate } from './simulated-telegram.ts'

const journey = fc.record({
  latencyMs: fc.double({ min: 0, max: 400, noNaN: true }),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
})

const journeys = fc.array(journey, { minLength: 1, maxLength: 20, size: 'max' })

const handovers = fc.array(
  fc.record({
    afterStarts: fc.integer({ min: 0, max: 600 }),
    how: fc.constantFrom('idle' as const, 'mid-flight' as const, 'crash' as const),
    aheadMs: fc.integer({ min: -12, max: 12 }),
  }),
  { maxLength: 3 },
)

test('paid broadcast, up to a thousand a second: never above its limit, and all is sent', () => {
  const scenario = fc.record({
    limitPerSecond: fc.integer({ min: 100, max: 1_000 }),
    journeys,
    handovers,
    latenessMs: fc.array(fc.double({ min: 0, max: 8, noNaN: true }), { minLength: 1, maxLength: 5 }),
    // Enough for more than one second's worth of most limits.
    count: fc.integer({ min: 300, max: 1_100 }),
  })
  fc.assert(
    fc.property(scenario, ({ limitPerSecond, count, ...course }) => {
      const rules = withDefaults({ limitPerSecond, lostCallMs: 400, clockSkewMs: 25 })
      const calls = Array.from({ length: count }, (_, index) => ({
        chat: String(index),
        chatKind: 'private' as const,
        cost: 1,
      }))
      const { arrivals } = simulate({ rules, calls, ...course })
      expect(arrivals).toHaveLength(count)
      expect(findOffences(arrivals, rules)).toEqual([])
    }),
    { numRuns: 12 },
  )
}, 20_000)

test('groups and channels: twenty in any minute, an album as many as it has, and all is sent', () => {
  const album = fc.record({
    chat: fc.constantFrom('-1', '-2', '-100'),
    cost: fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 10 })),
  })
  const scenario = fc.record({
    albums: fc.array(album, { minLength: 20, maxLength: 80, size: 'max' }),
    journeys,
    handovers: handovers.map((list) => list.map((one) => ({ ...one, afterStarts: one.afterStarts % 40 }))),
  })
  fc.assert(
    fc.property(scenario, ({ albums, ...course }) => {
      const rules = withDefaults({ limitPerSecond: 30, lostCallMs: 400, clockSkewMs: 25, largestCost: 10 })
      const calls = albums.map(({ chat, cost }) => ({
        chat,
        chatKind: chat === '-100' ? ('channel' as const) : ('group' as const),
        cost,
      }))
      const { arrivals } = simulate({ rules, calls, ...course })
      expect(arrivals).toHaveLength(calls.length)
      expect(findOffences(arrivals, rules)).toEqual([])
    }),
  )
})
