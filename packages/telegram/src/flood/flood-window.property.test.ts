import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { withDefaults } from './flood-settings.ts'
import { findOffences, simulate, type Scenario } from './simulated-telegram.ts'

const MAX_LATENCY_MS = 4_000

const journey = fc.record({
  // Mostly a usual network, sometimes one of Telegram's hidden waits.
  latencyMs: fc.oneof(
    { weight: 8, arbitrary: fc.double({ min: 0, max: 300, noNaN: true }) },
    { weight: 1, arbitrary: fc.double({ min: 300, max: MAX_LATENCY_MS, noNaN: true }) },
  ),
  share: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
})

const rules = fc
  .record({
    limitPerSecond: fc.integer({ min: 1, max: 40 }),
    chatPerSecond: fc.constantFrom(0.5, 1, 2),
    chatBurst: fc.integer({ min: 1, max: 4 }),
    groupLimit: fc.integer({ min: 1, max: 8 }),
    groupWindowMs: fc.integer({ min: 2_000, max: 10_000 }),
  })
  .map((settings) =>
    withDefaults({ ...settings, lostCallMs: MAX_LATENCY_MS, clockSkewMs: 25, largestCost: 10 }),
  )

const call = fc
  .record({
    number: fc.integer({ min: 0, max: 15 }),
    chatKind: fc.constantFrom('private' as const, 'private' as const, 'group' as const, 'channel' as const),
    cost: fc.oneof(
      { weight: 9, arbitrary: fc.constant(1) },
      { weight: 1, arbitrary: fc.integer({ min: 2, max: 10 }) },
    ),
  })
  .map(({ number, chatKind, cost }) => ({ chat: `${chatKind} ${number}`, chatKind, cost }))

const handover = fc.record({
  afterStarts: fc.integer({ min: 0, max: 60 }),
  how: fc.constantFrom('idle' as const, 'mid-flight' as const, 'crash' as const, 'garbled' as const),
  aheadMs: fc.integer({ min: -12, max: 12 }),
})

const scenario: fc.Arbitrary<Scenario> = fc.record({
  rules,
  calls: fc.array(call, { minLength: 1, maxLength: 120, size: 'max' }),
  journeys: fc.array(journey, { minLength: 1, maxLength: 20, size: 'max' }),
  handovers: fc.array(handover, { maxLength: 4, size: 'max' }),
  latenessMs: fc.array(fc.double({ min: 0, max: 8, noNaN: true }), { minLength: 1, maxLength: 5 }),
})

test('whatever the latencies, chats, costs and changes of owner: no window at the receiver is ever above its limit, and all is sent', () => {
  fc.assert(
    fc.property(scenario, (one) => {
      const { arrivals } = simulate(one)
      expect(arrivals).toHaveLength(one.calls.length)
      expect(findOffences(arrivals, one.rules)).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test.for([
  { what: 'the window', broken: { guardMs: -600 } },
  { what: 'the clock skew', broken: { clockSkewMs: -500 } },
  { what: 'lost calls', broken: { lostCallMs: -3_000 } },
])('the property notices when $what is broken', ({ broken }) => {
  const outcome = fc.check(
    fc.property(scenario, (one) => {
      const { arrivals } = simulate({ ...one, rules: { ...one.rules, ...broken } })
      return findOffences(arrivals, one.rules).length === 0
    }),
    { numRuns: 3_000, seed: 20261121, endOnFailure: true },
  )
  expect(outcome.failed).toBe(true)
})

test.for([
  { latencyMs: 30, atLeast: 0.95 },
  { latencyMs: 80, atLeast: 0.9 },
])('at $latencyMs ms latency it uses at least $atLeast of the limit', ({ latencyMs, atLeast }) => {
  const settings = withDefaults({ limitPerSecond: 30 })
  const calls = Array.from({ length: 600 }, (_, index) => ({
    chat: String(index % 200),
    chatKind: 'private' as const,
    cost: 1,
  }))
  const { arrivals } = simulate({
    rules: settings,
    calls,
    journeys: [{ latencyMs, share: 0.5 }],
    handovers: [],
  })
  expect(findOffences(arrivals, settings)).toEqual([])
  expect(
    shareOfLimit(
      arrivals.map((arrival) => arrival.atMs),
      30,
    ),
  ).toBeGreaterThanOrEqual(atLeast)
})

function shareOfLimit(arrivalsMs: number[], limitPerSecond: number): number {
  const [first = 0] = arrivalsMs
  const seconds = ((arrivalsMs.at(-1) ?? 0) - first) / 1_000
  return (arrivalsMs.length - 1) / seconds / limitPerSecond
}
