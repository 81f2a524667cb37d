import { createLogger } from '@postino/runtime'
import { GrammyError } from 'grammy'
import { expect, test } from 'vitest'
import { createManualClock } from './manual-clock.ts'
import { createReplyFailure } from './reply-failure.ts'

function createScene() {
  const clock = createManualClock()
  const broken: string[] = []
  const silenced: { seconds: number; chatId?: number }[] = []
  const logged: string[] = []
  const onFailure = createReplyFailure({
    clock,
    logger: createLogger({
      name: 'bot',
      level: 'info',
      destination: { write: (line: string) => void logged.push(line) },
    }),
    onBroken: (reason) => broken.push(reason),
    onFlooded: (seconds, chatId) => silenced.push({ seconds, ...(chatId === undefined ? {} : { chatId }) }),
  })
  const refuse = (chatId: number | undefined, seconds: number) =>
    onFailure(refusal(429, 'Too Many Requests', seconds), chatId)
  return { clock, broken, silenced, logged, onFailure, refuse }
}

function refusal(code: number, description: string, retryAfter?: number): GrammyError {
  const parameters = retryAfter === undefined ? {} : { retry_after: retryAfter }
  const payload = { text: 'a secret text' }
  return new GrammyError(
    'failed',
    { ok: false, error_code: code, description, parameters },
    'sendMessage',
    payload,
  )
}

test('one chat refused again and again is that chat’s affair, and waits as long as Telegram says', () => {
  const { silenced, refuse } = createScene()
  expect([refuse(1, 4), refuse(1, 5), refuse(1, 90_000)]).toEqual([4_000, 5_000, 90_000_000])
  expect(silenced).toEqual([
    { seconds: 4, chatId: 1 },
    { seconds: 5, chatId: 1 },
    { seconds: 90_000, chatId: 1 },
  ])
})

test('a second chat refused on the heels of the first means the bot as well', async () => {
  const { clock, silenced, refuse } = createScene()
  refuse(1, 4)
  await clock.pass(500)
  refuse(2, 5)
  expect(silenced).toEqual([{ seconds: 4, chatId: 1 }, { seconds: 5, chatId: 2 }, { seconds: 5 }])
})

test('two chats refused far from each other are two affairs', async () => {
  const { clock, silenced, refuse } = createScene()
  refuse(1, 4)
  await clock.pass(2_001)
  refuse(2, 5)
  expect(silenced).toEqual([
    { seconds: 4, chatId: 1 },
    { seconds: 5, chatId: 2 },
  ])
})

test('a refused call that is for no chat means the bot', () => {
  const { silenced, refuse } = createScene()
  refuse(undefined, 6)
  expect(silenced).toEqual([{ seconds: 6 }])
})

test('a wait of 0 seconds, or none told, is no leave to go on at once', () => {
  const { refuse, onFailure } = createScene()
  expect(refuse(1, 0)).toBe(1_000)
  expect(onFailure(refusal(429, 'Too Many Requests'), 1)).toBeGreaterThanOrEqual(1_000)
})

test('a refused token is told of, and nothing is tried again', () => {
  const { broken, logged, onFailure } = createScene()
  expect(onFailure(refusal(401, 'Unauthorized'), 1)).toBeUndefined()
  expect({ broken, logged }).toEqual({ broken: ['token_refused: Unauthorized'], logged: [] })
})

test.each([
  ['Bad Request: message is not modified'],
  ['Bad Request: query is too old and response timeout expired or query ID is invalid'],
  ['Forbidden: bot was blocked by the user'],
])('%s is no news', (description) => {
  const { logged, onFailure } = createScene()
  const code = description.startsWith('Forbidden') ? 403 : 400
  expect(onFailure(refusal(code, description), 1)).toBeUndefined()
  expect(logged).toEqual([])
})

test('what may have arrived is not said again; it is logged, without what it said', () => {
  const { logged, onFailure } = createScene()
  expect(onFailure(refusal(500, 'Internal Server Error'), 1)).toBeUndefined()
  expect(onFailure(new Error('a mistake of ours'), 1)).toBeUndefined()
  expect(logged).toHaveLength(2)
  expect(logged.join('')).not.toContain('secret')
})
