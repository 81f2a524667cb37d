import type { Turn, TurnEnd } from '@postino/queues'
import * as fc from 'fast-check'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createTestRedis } from '../support/create-test-redis.ts'
import { eventually, useTurnQueue, useTurnWorker } from './queues-under-test.ts'
import { createTurnLedger } from './turn-ledger.ts'

/** A few bots meet themselves all the time; of many bots each one's last wake is another chance to get lost. */
const plan = fc.constantFrom(5, 150).chain((bots) =>
  fc.record({
    wakes: fc.array(wakeOf(bots), { minLength: 400, maxLength: 600, size: 'max' }),
    turns: fc.array(turn(), { minLength: 100, maxLength: 300, size: 'max' }),
  }),
)

function wakeOf(bots: number) {
  return fc.record({
    botId: fc.integer({ min: 1, max: bots }).map(String),
    producer: fc.integer({ min: 0, max: 1 }),
    delayMs: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 60 })),
    atMs: fc.integer({ min: 0, max: 200 }),
  })
}

type PlannedTurn = { lengthMs: number; end: 'rests' | 'throws' | number }

function turn(): fc.Arbitrary<PlannedTurn> {
  return fc.record({
    lengthMs: fc.integer({ min: 0, max: 12 }),
    end: fc.oneof(
      { weight: 10, arbitrary: fc.constant<'rests'>('rests') },
      { weight: 10, arbitrary: fc.integer({ min: -1, max: 40 }) },
      { weight: 1, arbitrary: fc.constant<'throws'>('throws') },
    ),
  })
}

test('every wake, from any producer, is followed by a turn, and no two turns of a bot run at once', async () => {
  const url = await createTestRedis()
  const producers = [useTurnQueue(url), useTurnQueue(url)]
  let ledger = createTurnLedger()
  let planned: PlannedTurn[] = []

  async function process(bot: Turn): Promise<TurnEnd> {
    return ledger.during(bot, async () => {
      // When the plan is used up turns ask for no others, so that all comes to rest.
      const { lengthMs, end } = planned.pop() ?? { lengthMs: 5, end: 'rests' }
      if (lengthMs > 0) await wait(lengthMs)
      if (end === 'rests') return {}
      ledger.wanted(bot)
      if (end === 'throws') throw new Error('a turn that fails')
      return { nextTurnInMs: end }
    })
  }
  for (const concurrency of [3, 8]) useTurnWorker(url, { concurrency, process })

  const seed = Date.now()
  let turnsTaken = 0
  for (const { wakes, turns } of fc.sample(plan, { seed, numRuns: 16 })) {
    ledger = createTurnLedger()
    planned = turns
    // One worker comes and goes in the middle of it.
    const passing = useTurnWorker(url, { closeTimeoutMs: 1, process })
    const passed = wait(100).then(passing.close)
    await Promise.all(
      wakes.map(async ({ botId, producer, delayMs, atMs }) => {
        await wait(atMs)
        ledger.wanted({ shopId: '1', botId })
        await producers[producer]!.wake([{ shopId: '1', botId }], { delayMs })
      }),
    )
    await passed
    await eventually(() => expect(ledger.unserved(), `seed ${seed}`).toEqual([]))
    expect(ledger.overlapping(), `seed ${seed}`).toEqual([])
    turnsTaken += ledger.turns()
  }
  // Enough of them for a race to show, should there be one.
  expect(turnsTaken).toBeGreaterThan(500)
}, 120_000)

test('20,000 wakes, up to fifty at a call, of bots that rest, wait and are busy: each is followed by a turn', async () => {
  const url = await createTestRedis()
  const producers = [useTurnQueue(url), useTurnQueue(url)]
  const ledger = createTurnLedger()
  const seed = Date.now()
  const lengths = fc.sample(fc.integer({ min: 0, max: 20 }), { seed, numRuns: 500 })
  for (const concurrency of [10, 40]) {
    useTurnWorker(url, {
      concurrency,
      // A machine that is busy is not what this is about.
      lockDurationMs: 30_000,
      process: (bot) =>
        ledger.during(bot, async () => {
          await wait(lengths[ledger.turns() % lengths.length])
          return {}
        }),
    })
  }
  const calls = fc.sample(
    fc.uniqueArray(fc.integer({ min: 1, max: 300 }).map(String), {
      minLength: 1,
      maxLength: 50,
      size: 'max',
    }),
    { seed, numRuns: 800 },
  )
  for (let at = 0; at < calls.length; at += 4) {
    await Promise.all(
      calls.slice(at, at + 4).map(async (botIds, index) => {
        const bots = botIds.map((botId) => ({ shopId: '1', botId }))
        bots.forEach(ledger.wanted)
        await producers[index % 2]!.wake(bots)
      }),
    )
  }
  await eventually(() => expect(ledger.unserved(), `seed ${seed}`).toEqual([]))
  expect(ledger.overlapping(), `seed ${seed}`).toEqual([])
  // Most of them needed no turn of their own.
  expect(calls.flat().length).toBeGreaterThan(15_000)
  expect(ledger.turns()).toBeLessThan(calls.flat().length)
}, 60_000)
