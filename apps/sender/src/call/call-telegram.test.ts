import { createLogger } from '@postino/runtime'
import { createBotApi, type TelegramTransport } from '@postino/telegram'
import { expect, test } from 'vitest'
import { createCallTelegram } from './call-telegram.ts'
import type { ClaimedMessage } from '../claimed-message.ts'

const API_ROOT = 'http://127.0.0.1:9'
const MESSAGE = {
  chatId: '7',
  content: { html: 'x', buttons: [], silent: false },
} as unknown as ClaimedMessage

/** What becomes of a call that is answered so. */
async function callAnswered(status: number, body: object | null) {
  const transport: TelegramTransport = {
    fetch: async () => ({
      httpStatus: status,
      retryAfterSeconds: undefined,
      body: JSON.stringify(body),
    }),
    close: async () => undefined,
  }
  const api = createBotApi({ token: '1:abc', apiRoot: API_ROOT, transport })
  const callTelegram = createCallTelegram({ logger: createLogger({ name: 'test', level: 'silent' }) })
  return await callTelegram(api, MESSAGE)
}

test('a success is sent', async () => {
  const answer = await callAnswered(200, { ok: true, result: { message_id: 12, text: 'x' } })
  expect(answer).toMatchObject({ status: 'sent', telegramMessageId: 12 })
})

test('a description becomes what Postgres can store', async () => {
  const description = `Bad Request: \0${'😀'.repeat(400)}`
  const answer = await callAnswered(400, { ok: false, error_code: 400, description })
  if (!('description' in answer)) throw new Error('it was refused')
  expect(answer.description.isWellFormed()).toBe(true)
  expect(answer.description).not.toContain('\0')
  expect(answer.description.length).toBeLessThanOrEqual(500)
  expect(answer.description).toContain('Bad Request: 😀')
})

test.each([
  [0, 1],
  [35, 35],
  [86_400, 86_400],
  [1e15, 2 ** 31 - 1],
])('retry_after %d is obeyed as %d s: never shortened but to what a date can hold', async (told, obeyed) => {
  const body = { ok: false, error_code: 429, description: '', parameters: { retry_after: told } }
  expect(await callAnswered(429, body)).toMatchObject({ status: 'flooded', retryAfterSeconds: obeyed })
})

test('an end of a call that nobody foresaw is an outcome that nobody knows', async () => {
  // A result of nothing: the number of the message cannot be read from it.
  expect(await callAnswered(200, { ok: true, result: null })).toMatchObject({ status: 'unknown' })
})
