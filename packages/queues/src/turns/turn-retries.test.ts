import { expect, test } from 'vitest'
import { createTurnRetries, retryDelayMs } from './turn-retries.ts'

test('the delay doubles from half a second to 15 s, less up to half by chance', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 1_000].map((failures) => retryDelayMs(failures, 0))).toEqual([
    500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000,
  ])
  expect(retryDelayMs(1, 0.999)).toBeGreaterThanOrEqual(250)
})

test('failures are counted per bot and in a row', () => {
  const retries = createTurnRetries()
  const [bot, other] = [
    { shopId: '1', botId: '7' },
    { shopId: '1', botId: '8' },
  ]
  expect([bot, bot, other].map((turn) => retries.failed(turn).failures)).toEqual([1, 2, 1])
  retries.succeeded(bot)
  expect([bot, other].map((turn) => retries.failed(turn).failures)).toEqual([1, 2])
})

test('failing bots without end take no memory without end', () => {
  const retries = createTurnRetries()
  for (let i = 1; i <= 10_001; i++) retries.failed({ shopId: '1', botId: String(i) })
  expect(retries.failed({ shopId: '1', botId: '1' }).failures).toBe(1)
})
