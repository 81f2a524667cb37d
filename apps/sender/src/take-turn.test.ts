import { expect, test } from 'vitest'
import type { TurnEnding } from './run-turn.ts'
import { createSimulatedBot, openWindow, UNUSED_API } from './simulated-bot.ts'
import { createTakeTurn, type TakeTurnDependencies } from './take-turn.ts'

const BOT = { shopId: '1', botId: '2' }
const NEVER = new AbortController().signal
const { begun } = createSimulatedBot([], { callMs: () => 0, claimMs: () => 0 })

function prepare(change: Partial<TakeTurnDependencies> & { ending?: TurnEnding; dueInMs?: number } = {}) {
  const steps: string[] = []
  const { ending = { isDrained: true }, dueInMs, ...others } = change
  const takeTurn = createTakeTurn({
    begin: async () => begun,
    findBotApi: () => UNUSED_API,
    windows: {
      take: async () => 'left',
      putBack: async (_botId, left) => void steps.push(`put back: ${left}`),
      open: () => openWindow(),
      save: async () => void steps.push('save'),
    },
    async runTurn() {
      steps.push('run')
      return ending
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
    const { take } = prepare({ ending: { isDrained: true, nextTurnInMs: opens }, dueInMs: due })
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
  expect(steps).toEqual(['save'])
})
