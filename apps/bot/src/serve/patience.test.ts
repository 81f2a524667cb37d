import { GrammyError } from 'grammy'
import { expect, test } from 'vitest'
import { nextTry } from './patience.ts'

function refusal(code: number, description: string, retryAfter?: number): GrammyError {
  const parameters = retryAfter === undefined ? {} : { retry_after: retryAfter }
  return new GrammyError('failed', { ok: false, error_code: code, description, parameters }, 'setWebhook', {})
}

test('pauses double up to a minute, and Telegram’s own wait is never shortened', () => {
  const inMs = [1, 2, 3, 6, 7, 50].map((failures) => nextTry(refusal(500, 'Internal Server Error'), failures))
  expect(inMs).toEqual(
    [1_000, 2_000, 4_000, 32_000, 60_000, 60_000].map((ms) => ({ status: 'again', inMs: ms })),
  )
  expect(nextTry(refusal(429, 'Too Many Requests: retry after 300', 300), 1)).toEqual({
    status: 'again',
    inMs: 300_000,
    floodedSeconds: 300,
  })
})

test('a refused token is not worth another try', () => {
  expect(nextTry(refusal(401, 'Unauthorized'), 1)).toMatchObject({ status: 'broken' })
})

test('a wait of months is slept in parts that Node can sleep', () => {
  const { inMs } = Object(nextTry(refusal(429, 'Too Many Requests', 40_000_000), 1))
  expect(inMs).toBe(2 ** 31 - 1)
})
