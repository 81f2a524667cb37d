import { expect, test } from 'vitest'
import { advanceUntil } from '../testing/advance-until.ts'
import { startScene } from '../testing/start-emulator.ts'

const STRICT = {
  enabled: true,
  bot: { limit: 2, windowMs: 60_000 },
  privateChat: { intervalMs: 0, burst: 1000 },
}

test('what goes beyond a limit is refused, reported and let through after its time', async () => {
  const { emulator, ada, call } = await startScene({ settings: { flood: STRICT } })
  const send = () => call('sendMessage', { chat_id: ada.id, text: 'x' })
  expect([(await send()).status, (await send()).status]).toEqual([200, 200])
  const refused = await send()
  const seconds = refused.parameters?.retry_after ?? 0
  expect(refused).toMatchObject({ status: 429, description: `Too Many Requests: retry after ${seconds}` })
  expect(refused.headers.get('retry-after')).toBe(String(seconds))
  expect((await send()).status).toBe(429)
  expect(emulator.report()).toMatchObject({
    calls: 4,
    ok: 2,
    refusals: 2,
    calls_inside_penalty: 1,
    peak_per_second: 4,
  })
  emulator.advance(seconds * 1000)
  expect((await send()).status).toBe(200)
})

test('edits draw from the same limit, answers to buttons and reading do not', async () => {
  const { ada, call } = await startScene({ settings: { flood: STRICT } })
  const sent = await call('sendMessage', { chat_id: ada.id, text: 'x' })
  const edit = { chat_id: ada.id, message_id: sent.result.message_id }
  expect((await call('editMessageText', { ...edit, text: 'y' })).status).toBe(200)
  expect((await call('editMessageText', { ...edit, text: 'z' })).status).toBe(429)
  expect((await call('getMe')).status).toBe(200)
  expect((await call('answerCallbackQuery', { callback_query_id: '1' })).status).toBe(400)
})

test('a call that fails before it is sent does not count', async () => {
  const { ada, call } = await startScene({ settings: { flood: STRICT } })
  for (let count = 0; count < 5; count++) await call('sendMessage', { chat_id: 999, text: 'x' })
  for (let count = 0; count < 5; count++) await call('sendMessage', { chat_id: ada.id, text: '' })
  expect((await call('sendMessage', { chat_id: ada.id, text: 'x' })).status).toBe(200)
})

test('a hidden wait only makes the call slower', async () => {
  const flood = { ...STRICT, hiddenWaitMaxMs: 100_000 }
  const { emulator, ada, call } = await startScene({ settings: { flood } })
  for (let count = 0; count < 2; count++) await call('sendMessage', { chat_id: ada.id, text: 'x' })
  const held = call('sendMessage', { chat_id: ada.id, text: 'held' })
  await advanceUntil(emulator, 1000, () => emulator.requests().last === 3)
  expect((await held).status).toBe(200)
  expect(emulator.requests().requests.at(-1)?.took_ms).toBeGreaterThan(1000)
})

test('paid messages have a limit of their own', async () => {
  const { ada, call } = await startScene({ settings: { flood: STRICT } })
  for (let count = 0; count < 2; count++) await call('sendMessage', { chat_id: ada.id, text: 'x' })
  expect((await call('sendMessage', { chat_id: ada.id, text: 'x', allow_paid_broadcast: true })).status).toBe(
    200,
  )
})

test('an address brings only so many bots, when that is switched on', async () => {
  const flood = { enabled: true, coldBots: { perMinute: 2, perHour: 600 } }
  const { emulator, call } = await startScene({ settings: { flood } })
  expect((await call('getMe')).status).toBe(200)
  const { callBot } = await import('../testing/call-bot.ts')
  const statuses: number[] = []
  for (let count = 0; count < 3; count++) {
    statuses.push((await callBot(emulator.url, emulator.bots.add().token, { method: 'getMe' })).status)
  }
  expect(statuses).toEqual([200, 429, 429])
  expect((await call('getMe')).status).toBe(200)
})
