import type { SendResult } from '@postino/database'
import { createLogger } from '@postino/runtime'
import { expect, test } from 'vitest'
import type { Answer } from './call-telegram.ts'
import { fileKeyOf } from '../media/file-key.ts'
import { lessonsOf } from '../media/lessons.ts'
import { createDeliver, type DeliverDependencies } from './deliver.ts'
import type { RunningTurn } from './running-turn.ts'
import type { ClaimedMessage } from '../claimed-message.ts'
import { createSimulatedBot, openWindow, UNUSED_API } from '../turn/simulated-bot.ts'

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
      learn,
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

function learn(...[answer, parts, { attempts }]: Parameters<DeliverDependencies['media']['learn']>) {
  const lessons = lessonsOf(answer, parts, { attempts })
  return { lessons, hasAnotherWay: answer.status === 'refused' && lessons.length > 0 }
}

const PHOTO = { as: 'photo', url: 'https://shop.example/a.jpg', name: 'a.jpg' } as const
const WITH_PHOTO = { ...message, content: { ...message.content, media: [PHOTO] } }

/** As after Telegram was asked to fetch the photo by its address. */
function prepareWithPhoto(answer: Answer, change: Partial<DeliverDependencies> = {}) {
  const learned: unknown[] = []
  const prepared = prepare(answer, {
    media: {
      prepare: ({ content }) => ({
        status: 'ready',
        content: { ...content, media: [PHOTO] },
        parts: [{ file: PHOTO, key: fileKeyOf(message, PHOTO), known: {}, knownAtMs: 0, way: 'url' }],
        release: () => void prepared.steps.push('release'),
      }),
      learn,
      async remember(files) {
        prepared.steps.push('remember')
        learned.push(...files)
      },
    },
    ...change,
  })
  return { ...prepared, learned }
}

test('what a refusal taught is kept before the message goes back into its place', async () => {
  const refused: Answer = {
    status: 'refused',
    reason: 'content_refused',
    remedy: 'upload',
    description: 'Bad Request: failed to get HTTP URL content',
  }
  const { results, steps, learned, turn, deliver } = prepareWithPhoto(refused)
  await deliver(turn, WITH_PHOTO)
  expect(steps).toEqual(['remember', 'release', 'record', 'left timed'])
  expect(learned).toEqual([{ ...fileKeyOf(message, PHOTO), way: 'upload' }])
  expect(results).toMatchObject([
    { status: 'queued', dueInMs: 0, countsAsAttempt: false, attempt: { outcome: 'refused' } },
  ])
})

test('a message that waits for its file takes no place in the window, and goes back uncalled', async () => {
  const ready = Promise.withResolvers<number>()
  const { results, steps, turn, deliver } = prepare(BLOCKED, {
    media: {
      prepare: () => ({ status: 'waiting', dueInMs: ready.promise }),
      learn,
      remember: async () => undefined,
    },
    callTelegram: () => Promise.reject(new Error('not to be called')),
  })
  const delivery = deliver(turn, WITH_PHOTO)
  expect(turn.window.opensInMs(Date.now())).toBe(0)
  ready.resolve(1_000)
  await delivery
  expect(steps).toEqual(['record', 'left timed'])
  expect(results).toEqual([
    { shopId: '1', id: '1', epoch: '4', status: 'queued', dueInMs: 1_000, countsAsAttempt: false },
  ])
})

test('a message whose file cannot even be waited for goes back all the same; the failure is told', async () => {
  const { results, turn, deliver } = prepare(BLOCKED, {
    media: {
      prepare: () => ({ status: 'waiting', dueInMs: Promise.reject(new Error('no Postgres')) }),
      learn,
      remember: async () => undefined,
    },
  })
  await expect(deliver(turn, WITH_PHOTO)).rejects.toThrow('no Postgres')
  expect(results).toMatchObject([{ status: 'queued' }])
})

test('a bot that may pay says so with every call; an unknown refusal of such a call is not the file’s', async () => {
  const refused: Answer = {
    status: 'refused',
    reason: 'refused_by_telegram',
    description: 'Bad Request: NEW',
  }
  const asked: unknown[] = []
  const { results, steps, turn, deliver } = prepareWithPhoto(refused, {
    async callTelegram(_api, _message, options) {
      asked.push(options)
      return refused
    },
  })
  await deliver({ ...turn, begun: { ...begun, paidPerSecond: 100 } }, WITH_PHOTO)
  await deliver(turn, WITH_PHOTO)
  expect(asked).toEqual([{ paidBroadcast: true }, { paidBroadcast: false }])
  expect(results).toMatchObject([{ status: 'queued', countsAsAttempt: false }, { status: 'queued' }])
  expect(steps.slice(0, 3)).toEqual(['stop_paying', 'release', 'record'])
})
