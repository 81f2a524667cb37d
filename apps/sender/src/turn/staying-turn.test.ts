import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createRunTurn, type RunTurnDependencies, type TurnEnding } from './run-turn.ts'
import { createSimulatedBot, openWindow, UNUSED_API, type SimulatedBot } from './simulated-bot.ts'

const QUICK = { callMs: () => 20, claimMs: () => 2 }
const MANY_TURNS = { areTaken: () => false, areMany: () => true, areClosed: () => false }
const FEW_TURNS = { ...MANY_TURNS, areMany: () => false }
const NO_PLACE = { ...FEW_TURNS, areTaken: () => true }

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] })
})

afterEach(() => {
  vi.useRealTimers()
})

interface Scene {
  places: RunTurnDependencies['places']
  /** Since the turn before. */
  sinceMs?: number
  /** How many messages come, one by one. */
  count?: number
  everyMs?: number
}

/** A turn of a bot whose messages come while it lasts; how long it lasted. */
async function runTrickle({ places, sinceMs = 100, count = 10, everyMs = 60 }: Scene) {
  const bot = createSimulatedBot([{ id: '1', chatId: '1' }], QUICK)
  const begun = { ...bot.begun, sinceLastTurnMs: sinceMs }
  const turn = createRunTurn({ ...bot, places })(
    { begun, api: UNUSED_API, window: openWindow(1_000) },
    new AbortController().signal,
  )
  const ended = timed(turn)
  for (let id = 2; id <= count; id++) {
    await vi.advanceTimersByTimeAsync(everyMs)
    bot.waiting().push({ id: String(id), chatId: String(id) })
  }
  await vi.advanceTimersByTimeAsync(5_000)
  return { bot, ...(await ended) }
}

async function timed(turn: Promise<TurnEnding>): Promise<{ value: TurnEnding; lastedMs: number }> {
  const startedAtMs = Date.now()
  return { value: await turn, lastedMs: Date.now() - startedAtMs }
}

function sent({ sent: messages }: SimulatedBot): number {
  return messages.length
}

test('in a process with many turns a bot that is soon back keeps its turn, and claims what came meanwhile together', async () => {
  const { bot, value } = await runTrickle({ places: MANY_TURNS })
  expect(value).toEqual({ isDrained: true, nextTurnInMs: undefined, leftTimed: false })
  expect(sent(bot)).toBe(10)
  expect(bot.requests.length).toBeLessThan(7)
})

test.each([
  ['few turns are open', { places: FEW_TURNS }],
  ['other bots wait for a place', { places: NO_PLACE }],
  ['the bot had no turn lately', { places: MANY_TURNS, sinceMs: 10_000 }],
])('a turn ends at once when %s', async (_when, scene) => {
  const { bot, lastedMs } = await runTrickle(scene)
  expect(sent(bot)).toBe(1)
  expect(lastedMs).toBeLessThan(40)
})

test('a turn that stays ends in two seconds all the same', async () => {
  const { lastedMs } = await runTrickle({ places: MANY_TURNS, count: 100 })
  expect(lastedMs).toBeGreaterThan(1_500)
  expect(lastedMs).toBeLessThan(2_300)
})

test('a process that ends keeps no turn open', async () => {
  const { lastedMs, value } = await runTrickle({ places: { ...MANY_TURNS, areClosed: () => true } })
  expect(value).toMatchObject({ isDrained: false, nextTurnInMs: 0 })
  expect(lastedMs).toBeLessThan(10)
})
