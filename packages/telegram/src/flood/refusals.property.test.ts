import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { runStrict, type Accident } from './strict-telegram.ts'

const accident: fc.Arbitrary<Accident> = fc.record({
  scope: fc.constantFrom('bot' as const, 'chat' as const),
  seconds: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 1, max: 40 }) },
    { weight: 1, arbitrary: fc.integer({ min: 41, max: 86_400 }) },
  ),
})

const course = fc.record({
  limitPerSecond: fc.integer({ min: 1, max: 60 }),
  hidden: fc.integer({ min: 1, max: 60 }),
  chats: fc.integer({ min: 1, max: 40 }),
  count: fc.integer({ min: 1, max: 250 }),
  latencyMs: fc.integer({ min: 0, max: 300 }),
  // By the number of the call that meets it.
  accidents: fc.dictionary(fc.integer({ min: 1, max: 200 }).map(String), accident, { maxKeys: 15 }),
  seed: fc.integer({ min: 1, max: 2_000_000_000 }),
})

const DAYS_MS = 30 * 86_400_000

test('429s of chats and bots, for whatever reason and however long: all arrives, once, each chat in order, never faster than allowed', () => {
  fc.assert(
    fc.property(course, ({ limitPerSecond, hidden, chats, count, latencyMs, accidents, seed }) => {
      const outcome = runStrict({
        settings: { limitPerSecond },
        // A Telegram that may take less than the sender was told, and does not say so.
        hidden: [{ sinceMs: 0, perSecond: hidden }],
        latencyMs: { min: 0, max: latencyMs },
        accident: (call) => accidents[call],
        random: randomFrom(seed),
        queue: Array.from({ length: count }, (_, index) => ({ chat: String(index % chats) })),
        forMs: DAYS_MS,
      })
      expect(outcome.accepted).toHaveLength(count)
      for (const own of Map.groupBy(outcome.accepted, ({ chat }) => chat).values()) {
        expect(own.map(({ number }) => number)).toEqual(
          own.map(({ number }) => number).toSorted((a, b) => a - b),
        )
      }
      for (const limit of outcome.limits) expect(limit).toBeLessThanOrEqual(limitPerSecond)
    }),
  )
})

test('after a bot’s 429 none of its calls arrives before its end, but those that were under way', () => {
  fc.assert(
    fc.property(course, ({ limitPerSecond, chats, latencyMs, seed }) => {
      const outcome = runStrict({
        settings: { limitPerSecond },
        hidden: [],
        latencyMs: { min: 0, max: latencyMs },
        accident: (call) => (call === 20 ? { scope: 'bot', seconds: 30 } : undefined),
        random: randomFrom(seed),
        queue: Array.from({ length: 60 }, (_, index) => ({ chat: String(index % chats) })),
        forMs: DAYS_MS,
      })
      // What can have started within one latency before the answer that said so.
      const underWay = Math.ceil((latencyMs * limitPerSecond) / 1_000) + 3
      expect(outcome.refusedInSilence).toBeLessThanOrEqual(underWay)
    }),
  )
})

/** A generator of Lehmer's: the same seed, the same course. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647
}
