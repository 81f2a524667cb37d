import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAdaptiveLimit } from './adaptive-limit.ts'
import { runStrict, type StrictOutcome, type StrictScenario } from './strict-telegram.ts'

const MINUTE_MS = 60_000
const LIMIT = 30

test('a refused rate falls by a fifth, once for all that was under way, and what is clean rises a third of the way back', () => {
  const limit = createAdaptiveLimit(LIMIT)
  limit.lower(0, 5_000)
  limit.lower(40, 5_040)
  expect(limit.perSecondAt(40)).toBe(24)
  expect(limit.perSecondAt(5_000 + MINUTE_MS - 1)).toBe(24)
  expect(limit.perSecondAt(5_000 + MINUTE_MS)).toBeCloseTo(26)
})

test('a probe that is refused costs the step, not a fifth, and waits longer before it is tried again', () => {
  const limit = createAdaptiveLimit(LIMIT)
  limit.lower(0, 0)
  expect(limit.perSecondAt(MINUTE_MS)).toBeCloseTo(26)
  limit.lower(MINUTE_MS + 100, MINUTE_MS + 100)
  expect(limit.perSecondAt(MINUTE_MS + 100)).toBeCloseTo(24)
  expect(limit.perSecondAt(5 * MINUTE_MS)).toBeCloseTo(24)
  expect(limit.perSecondAt(5 * MINUTE_MS + 100)).toBeCloseTo(25)
})

test('a limit that is proven wrong falls again', () => {
  const limit = createAdaptiveLimit(LIMIT)
  limit.lower(0, 1_000)
  limit.lower(2_000, 4_000)
  expect(limit.perSecondAt(4_000)).toBeCloseTo(19.2)
})

test('what a bot was silent for proves nothing', () => {
  const limit = createAdaptiveLimit(LIMIT)
  limit.lower(0, 60 * MINUTE_MS)
  expect(limit.perSecondAt(61 * MINUTE_MS - 1)).toBe(24)
})

test('whatever is refused and when: never above the given limit, never below one, rising only in clean time, full again in the end', () => {
  const refusal = fc.record({
    afterMs: fc.integer({ min: 0, max: 30 * MINUTE_MS }),
    silentMs: fc.oneof(fc.integer({ min: 1_000, max: 10_000 }), fc.integer({ min: 0, max: 86_400_000 })),
  })
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000 }),
      fc.array(refusal, { maxLength: 60, size: 'max' }),
      (full, refusals) => {
        let limit = createAdaptiveLimit(full)
        let nowMs = 0
        for (const { afterMs, silentMs } of refusals) {
          const before = limit.perSecondAt(nowMs)
          nowMs += afterMs
          const risen = limit.perSecondAt(nowMs)
          expect(risen).toBeGreaterThanOrEqual(before)
          limit.lower(nowMs, nowMs + silentMs)
          expect(limit.perSecondAt(nowMs)).toBeLessThanOrEqual(risen)
          expect(limit.perSecondAt(nowMs)).toBeGreaterThanOrEqual(1)
          expect(limit.perSecondAt(nowMs)).toBeLessThanOrEqual(full)
          nowMs += silentMs
          limit = createAdaptiveLimit(full, limit.state())
        }
        expect(limit.perSecondAt(nowMs + 90 * MINUTE_MS)).toBe(full)
      },
    ),
  )
})

function* strangers() {
  for (let number = 0; ; number += 1) yield { chat: String(number) }
}

/** A bot that never runs out of messages, and a Telegram that takes less than it says from the tenth second on. */
function run(scenario: Pick<StrictScenario, 'hidden' | 'forMs'>): StrictOutcome {
  let seed = 7
  const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647
  return runStrict({
    settings: { limitPerSecond: LIMIT },
    latencyMs: { min: 15, max: 45 },
    random,
    queue: strangers(),
    ...scenario,
  })
}

function perSecond({ accepted }: StrictOutcome, fromMs: number, toMs: number): number {
  return accepted.filter(({ atMs }) => atMs >= fromMs && atMs < toMs).length / ((toMs - fromMs) / 1_000)
}

test.for([20, 27])(
  'when only %i a second are taken: found within seconds, hardly refused, and hardly missed',
  (taken) => {
    const half = run({
      hidden: [{ sinceMs: 10_000, perSecond: taken }],
      forMs: 30 * MINUTE_MS,
    })
    expect(perSecond(half, 40_000, 70_000)).toBeGreaterThanOrEqual(taken * 0.85)
    expect(perSecond(half, 20 * MINUTE_MS, 30 * MINUTE_MS)).toBeGreaterThanOrEqual(taken * 0.95)
    expect(half.refusedMs.filter((atMs) => atMs < 40_000).length).toBeLessThanOrEqual(3)
    expect(half.refusedMs.length).toBeLessThanOrEqual(6)
  },
)

test('when Telegram takes all again, the bot is back at its full limit within half an hour', () => {
  const back = run({
    hidden: [
      { sinceMs: 10_000, perSecond: 20 },
      { sinceMs: 10 * MINUTE_MS, perSecond: LIMIT },
    ],
    forMs: 42 * MINUTE_MS,
  })
  expect(perSecond(back, 40 * MINUTE_MS, 42 * MINUTE_MS)).toBeGreaterThanOrEqual(LIMIT * 0.95)
  expect(back.refusedMs.filter((atMs) => atMs > 10 * MINUTE_MS)).toEqual([])
})
