import { expect, test } from 'vitest'
import { startScene } from '../testing/start-emulator.ts'

test('the report counts calls by method, and messages with the same text in the same chat', async () => {
  const { emulator, bot, ada, call } = await startScene()
  const ben = emulator.people.add()
  emulator.people.start(ben.id, { bot: bot.id })
  for (const [chat, text] of [
    [ada.id, 'one'],
    [ada.id, 'one'],
    [ben.id, 'one'],
    [ada.id, 'one'],
    [ben.id, 'two'],
  ]) {
    await call('sendMessage', { chat_id: chat, text })
  }
  await call('sendMessage', { chat_id: 999, text: 'one' })
  await call('getMe')
  const report = emulator.report()
  expect(report).toMatchObject({
    calls: 7,
    ok: 6,
    by_method: { sendMessage: { calls: 6, ok: 5, refused: 0 }, getMe: { calls: 1, ok: 1, refused: 0 } },
    duplicate_count: 2,
    duplicates: [{ chat: `${bot.id}:${ada.id}`, text: 'one', count: 3 }],
    bots: [{ bot_id: bot.id, messages: 5, accepted: 5 }],
  })
  expect(report.smallest_gap_ms).toBeGreaterThanOrEqual(0)
  emulator.clearReport()
  expect(emulator.report()).toMatchObject({ calls: 0, duplicate_count: 0, bots: [] })
  expect(emulator.requests().requests).toEqual([])
})

test('the request log tells of each call, and is read on from where one stopped', async () => {
  const { emulator, bot, ada, call } = await startScene()
  await call('sendMessage', { chat_id: ada.id, text: 'x' })
  await call('sendMessage', { chat_id: 999, text: 'x' })
  const { requests, last } = emulator.requests()
  expect(requests).toMatchObject([
    { serial: 1, bot_id: bot.id, method: 'sendMessage', chat_id: String(ada.id), status: 200 },
    {
      serial: 2,
      method: 'sendMessage',
      chat_id: '999',
      status: 400,
      description: 'Bad Request: chat not found',
    },
  ])
  await call('getMe')
  expect(emulator.requests({ after: last }).requests).toMatchObject([{ serial: 3, method: 'getMe' }])
})

test('only the last calls and messages are kept', async () => {
  const { emulator, bot, ada, call } = await startScene({
    settings: { keptRequests: 4, keptMessagesPerChat: 4 },
  })
  for (let count = 1; count <= 10; count++)
    await call('sendMessage', { chat_id: ada.id, text: String(count) })
  expect(emulator.requests().requests.length).toBeLessThanOrEqual(5)
  expect(emulator.requests().requests.at(-1)?.serial).toBe(10)
  const { messages } = emulator.chats.messages(`${bot.id}:${ada.id}`)
  expect(messages.length).toBeLessThanOrEqual(5)
  expect(messages.at(-1)?.text).toBe('10')
  const gone = await call('editMessageText', { chat_id: ada.id, message_id: 2, text: 'x' })
  expect(gone.description).toBe('Bad Request: message to edit not found')
})

test('of all chats together only the last messages are kept, and the counts go on', async () => {
  const { emulator, bot, ada, call } = await startScene({ settings: { keptMessages: 4, keptRequests: 0 } })
  const ben = emulator.people.add()
  emulator.people.start(ben.id, { bot: bot.id })
  for (let count = 1; count <= 6; count++)
    await call('sendMessage', { chat_id: count % 3 === 0 ? ben.id : ada.id, text: String(count) })
  const chats = [ada, ben].map(({ id }) => `${bot.id}:${id}`)
  const kept = chats.map((chat) => emulator.chats.messages(chat).messages.map(({ text }) => text))
  expect(kept).toEqual([
    ['4', '5'],
    ['3', '6'],
  ])
  expect(chats.map((chat) => emulator.chats.get(chat).message_count)).toEqual([5, 3])
  expect(emulator.requests()).toEqual({ requests: [], last: 6 })
  expect(emulator.report()).toMatchObject({ calls: 6, bots: [{ accepted: 6 }] })
  emulator.changeSettings({ keptMessages: 1 })
  await call('sendMessage', { chat_id: ada.id, text: '7' })
  expect(chats.map((chat) => emulator.chats.messages(chat).messages.length)).toEqual([1, 0])
})
