import { createLogger } from '@postino/runtime'
import { beforeEach, expect, test, vi } from 'vitest'
import { createFollow, type FollowDependencies } from './follow.ts'
import type { RunningTurn } from './running-turn.ts'
import type { ClaimedMessage } from '../claimed-message.ts'
import type { Consequence } from './settle.ts'
import { createSimulatedBot, openWindow, UNUSED_API } from '../turn/simulated-bot.ts'

const logger = createLogger({ name: 'test', level: 'silent' })
const { begun, claim } = createSimulatedBot(
  [
    { id: '1', chatId: '7' },
    { id: '2', chatId: '8' },
  ],
  { callMs: () => 0, claimMs: () => 0 },
)
const [ada, ben] = (await claim({ shopId: '1', botId: '2', epoch: '4', take: 2, busyChats: [] })) as [
  ClaimedMessage,
  ClaimedMessage,
]

let told: unknown[]
let turn: RunningTurn
let isPostgresThere: PromiseWithResolvers<void>

beforeEach(() => {
  told = []
  isPostgresThere = Promise.withResolvers()
  isPostgresThere.resolve()
  turn = {
    begun,
    api: UNUSED_API,
    window: openWindow(),
    stop: (pauseMs) => told.push(['stop', pauseMs]),
    leaveTimed: () => undefined,
  }
})

/** Remembers what was asked of Postgres, when it comes to it. */
function noting(name: string) {
  return async (_begun: unknown, what: object) => {
    await isPostgresThere.promise
    told.push([name, what])
  }
}

async function follow(consequence: Consequence, message = ada): Promise<void> {
  const followUps: FollowDependencies['followUps'] = {
    coolChat: noting('coolChat'),
    coolBot: noting('coolBot'),
    closeRegistration: noting('closeRegistration'),
    moveChat: noting('moveChat'),
    stopPaying: (begunTurn) => noting('stopPaying')(begunTurn, {}),
    parkBot: async (...args) => {
      await noting('parkBot')(...args)
      return true
    },
  }
  const metrics = { rateLimited: (scope: string) => told.push(['rateLimited', scope]) }
  await createFollow({ followUps, metrics, logger })(turn, message, consequence)
}

test('a 429 on the only recent message of a chat silences the bot, here before anything is asked of Postgres', async () => {
  isPostgresThere = Promise.withResolvers()
  const following = follow({ kind: 'cool_chat', retryAfterSeconds: 9 })
  expect(told).toEqual([
    ['stop', undefined],
    ['rateLimited', 'bot'],
  ])
  expect(turn.window.opensInMs(Date.now())).toBeGreaterThan(8_000)
  isPostgresThere.resolve()
  await following
  expect(told.slice(2)).toEqual([
    ['coolChat', { registrationId: '7', retryAfterSeconds: 9 }],
    ['coolBot', { retryAfterSeconds: 9 }],
  ])
})

test('a 429 on a chat that had several messages silences that chat; a second chat’s makes it the bot’s', async () => {
  for (const message of [ada, ada, ben, ben]) {
    const call = { chat: message.chatId, chatKind: 'private', cost: 1 } as const
    turn.window.answered(turn.window.started(call, Date.now()), Date.now())
  }
  await follow({ kind: 'cool_chat', retryAfterSeconds: 9 })
  expect(told).toEqual([
    ['rateLimited', 'chat'],
    ['coolChat', { registrationId: '7', retryAfterSeconds: 9 }],
  ])
  expect(turn.window.busyChats(Date.now() + 5_000)).toEqual(['7'])
  await follow({ kind: 'cool_chat', retryAfterSeconds: 9 }, ben)
  expect(told.slice(2)).toContainEqual(['coolBot', { retryAfterSeconds: 9 }])
})

test('a dead recipient’s registration is closed; the turn goes on', async () => {
  await follow({ kind: 'close_registration', status: 'blocked' })
  const call = { messageId: ada.id, epoch: ada.epoch }
  expect(told).toEqual([['closeRegistration', { registrationId: '7', status: 'blocked', call }]])
})

test('a group that moved is followed; the turn goes on', async () => {
  await follow({ kind: 'move_chat', chatId: '-1001' })
  expect(told).toEqual([['moveChat', { registrationId: '7', chatId: '-1001' }]])
})

test('a broken bot makes no further call, and is parked for all to see', async () => {
  const error = vi.spyOn(logger, 'error')
  await follow({ kind: 'park_bot', reason: 'token_refused: Unauthorized' })
  expect(told).toEqual([
    ['stop', undefined],
    ['parkBot', { reason: 'token_refused: Unauthorized' }],
  ])
  expect(error).toHaveBeenCalledWith(
    { shop: '1', bot: '2', reason: 'token_refused: Unauthorized' },
    'bot.parked',
  )
})

test('a Telegram that cannot be reached stops the turn for a second', async () => {
  await follow({ kind: 'pause_turn' })
  expect(told).toEqual([['stop', 1_000]])
})

test('when Telegram takes no payment, this turn ends and the next ones do not pay', async () => {
  await follow({ kind: 'stop_paying' })
  expect(told).toEqual([
    ['stop', undefined],
    ['stopPaying', {}],
  ])
})
