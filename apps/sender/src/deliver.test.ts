import type { SendResult } from '@postino/database'
import { createLogger } from '@postino/runtime'
import { expect, test } from 'vitest'
import type { Answer } from './call-telegram.ts'
import { createDeliver, type DeliverDependencies } from './deliver.ts'
import type { RunningTurn } from './turn.ts'
import type { ClaimedMessage } from './settle.ts'
import { createSimulatedBot, openWindow, UNUSED_API } from './simulated-bot.ts'

const { begun, claim } = createSimulatedBot([{ id: '1', chatId: '7' }], { callMs: () => 0, claimMs: () => 0 })
const [message] = (await claim({ shopId: '1', botId: '2', epoch: '4', take: 1, busyChats: [] })) as [
  ClaimedMessage,
]
const BLOCKED: Answer = {
  status: 'unreachable',
  reason: 'bot_blocked',
  description: 'Forbidden: bot was blocked',
}

function prepare(answer: Answer, change: Partial<DeliverDependencies> = {}) {
  const results: SendResult[] = []
  const steps: string[] = []
  const turn: RunningTurn = {
    begun,
    api: UNUSED_API,
    window: openWindow(1),
    stop: () => undefined,
    leaveTimed: () => void steps.push('left timed'),
  }
  const deliver = createDeliver({
    callTelegram: async () => answer,
    media: {
      prepare: ({ content }) => ({
        status: 'ready',
        content: { ...content, media: [] },
        parts: [],
        release: () => void steps.push('release'),
      }),
      remember: async (files) => void (files.length > 0 && steps.push('remember')),
    },
    follow: async (_turn, _message, { kind }) => void steps.push(kind),
    async record(result) {
      steps.push('record')
      results.push(result)
    },
    metrics: {
      turnEnded: () => undefined,
      claimed: () => undefined,
      attempted: () => undefined,
      settled: () => undefined,
      rateLimited: () => undefined,
      downloaded: () => undefined,
    },
    logger: createLogger({ name: 'test', level: 'silent' }),
    ...change,
  })
  return { results, steps, turn, deliver }
}

test('what the answer asks for is done, then the result is recorded with the call', async () => {
  const { results, steps, turn, deliver } = prepare(BLOCKED)
  await deliver(turn, message)
  expect(steps).toEqual(['close_registration', 'release', 'record'])
  expect(results).toEqual([
    {
      shopId: '1',
      id: '1',
      epoch: '4',
      status: 'rejected',
      reason: 'bot_blocked',
      detail: BLOCKED.status === 'unreachable' ? BLOCKED.description : undefined,
      countsAsAttempt: true,
      attempt: {
        startedAtMs: expect.any(Number),
        endedAtMs: expect.any(Number),
        outcome: 'unreachable',
        description: 'Forbidden: bot was blocked',
        retryAfterSeconds: undefined,
      },
    },
  ])
})

test('the window counts the call from the moment it starts, and until its answer', async () => {
  const called = Promise.withResolvers<Answer>()
  const { turn, deliver } = prepare(BLOCKED, { callTelegram: () => called.promise })
  const delivery = deliver(turn, message)
  expect(turn.window.opensInMs(Date.now())).toBe(Infinity)
  called.resolve(BLOCKED)
  await delivery
  expect(turn.window.opensInMs(Date.now())).toBeLessThanOrEqual(1_010)
})

test('a result is recorded even when something else that the answer asks for fails; the failure is told', async () => {
  const follow = () => Promise.reject(new Error('no such registration'))
  const { results, turn, deliver } = prepare(BLOCKED, { follow })
  await expect(deliver(turn, message)).rejects.toThrow('no such registration')
  expect(results).toMatchObject([{ status: 'rejected' }])
})
