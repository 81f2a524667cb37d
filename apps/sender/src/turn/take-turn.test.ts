import { expect, test } from 'vitest'
import type { TurnEnding } from './run-turn.ts'
import { createSimulatedBot, openWindow, UNUSED_API } from './simulated-bot.ts'
import { createTakeTurn, type TakeTurnDependencies } from './take-turn.ts'

const BOT = { shopId: '1', botId: '2', shard: 0 }
const NEVER = new AbortController().signal
const { begun } = createSimulatedBot([], { callMs: () => 0, claimMs: () => 0 })

interface Scene extends Partial<TakeTurnDependencies> {
  ending?: Partial<TurnEnding>
  dueInMs?: number
  isSequel?: boolean
}

function prepare(change: Scene = {}) {
  const steps: string[] = []
  const { ending, dueInMs, isSequel = true, ...others } = change
  const takeTurn = createTakeTurn({
    begin: async () => begun,
    giveUp: async () => void steps.push('give up'),
    findBotApi: () => UNUSED_API,
    windows: {
      take: async () => 'left',
      putBack: async (_botId, left) => void steps.push(`put back: ${left}`),
      open: () => ({ window: openWindow(), isSequel }),
      save: async (_begun, _window, isComplete) => void steps.push(isComplete ? 'save' : 'save cut short'),
    },
    async runTurn() {
      steps.push('run')
      return { isDrained: true, leftTimed: false, ...ending }
    },
    async findNextDueMs() {
      steps.push('find')
      return dueInMs
    },
    metrics: { turnEnded: () => undefined },
    ...others,
  })
  return { steps, take: () => takeTurn(BOT, NEVER) }
}

test('a bot that is not active has no turn, none after it, and keeps its memory for when it is', async () => {
  const { steps, take } = prepare({ begin: async () => undefined })
  expect(await take()).toEqual({})
  expect(steps).toEqual(['put back: left'])
})

test('with more to send the next turn follows, and nobody asks what else is due', async () => {
  const { steps, take } = prepare({ ending: { isDrained: false, nextTurnInMs: 12 }, dueInMs: 1 })
  expect((await take()).nextTurnInMs).toBe(12)
  expect(steps).toEqual(['run', 'save'])
})

test.each([
  [undefined, undefined, undefined],
  [3_600_000, 900, 900],
  [900, 3_600_000, 900],
  [undefined, 50, 50],
  [70, undefined, 70],
])(
  'with nothing left to send: a chat that opens in %s ms, a message due in %s ms',
  async (opens, due, next) => {
    const { take } = prepare({ ending: { nextTurnInMs: opens, leftTimed: true }, dueInMs: due })
    expect((await take()).nextTurnInMs).toBe(next)
  },
)

test('a token that does not open fails the turn before anything is claimed', async () => {
  const findBotApi = () => {
    throw new Error('no key opens this')
  }
  const { steps, take } = prepare({ findBotApi })
  await expect(take()).rejects.toThrow('no key opens this')
  expect(steps).toEqual([])
})

test('a turn that fails remembers its calls all the same', async () => {
  const { steps, take } = prepare({ runTurn: () => Promise.reject(new Error('Postgres is away')) })
  await expect(take()).rejects.toThrow('Postgres is away')
  expect(steps).toEqual(['save cut short'])
})

test('what earlier turns may have left under way is given up before anything is claimed, unless they recorded all', async () => {
  const after = prepare({ isSequel: false })
  await after.take()
  expect(after.steps).toEqual(['give up', 'run', 'save', 'find'])
  const sequel = prepare({ isSequel: true })
  await sequel.take()
  expect(sequel.steps).toEqual(['run', 'save'])
})

test.each([
  ['something waited for its time before', { begin: async () => ({ ...begun, hasTimed: true }) }],
  ['a call left something that does', { ending: { leftTimed: true } }],
])('at its end a turn asks what is due when %s', async (_when, change) => {
  const { take } = prepare({ ...change, dueInMs: 400 })
  expect((await take()).nextTurnInMs).toBe(400)
})
