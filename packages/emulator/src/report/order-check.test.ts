import { expect, test } from 'vitest'
import { startScene } from '../testing/start-emulator.ts'

test('numbers are followed in each chat, whatever is kept of the messages', async () => {
  const { emulator, bot, ada, call } = await startScene({ settings: { keptMessages: 2 } })
  const ben = emulator.people.add()
  emulator.people.start(ben.id, { bot: bot.id })
  const order = emulator.checkOrder({ number: /^order (\d+)/ })
  const send = async (chat: number, numbers: number[]) => {
    for (const number of numbers)
      await call('sendMessage', { chat_id: chat, text: `<b>order ${number}</b>`, parse_mode: 'HTML' })
  }
  await send(ada.id, [1, 2, 3])
  await send(ben.id, [1, 2])
  const whole = { messages: 5, chats: 2, unnumbered: 0, missing: 0, late: 0, examples: [] }
  expect(order.read()).toEqual(whole)

  await send(ben.id, [5, 3, 5, 6])
  await call('sendMessage', { chat_id: ben.id, text: 'hello' })
  await call('sendMessage', { chat_id: 999, text: 'order 7' })
  emulator.people.send(ben.id, { chat: `${bot.id}:${ben.id}`, text: 'order 9' })
  const place = { chat_id: ben.id, bot_id: bot.id }
  const report = {
    messages: 10,
    chats: 2,
    unnumbered: 1,
    missing: 2,
    late: 2,
    examples: [
      { ...place, before: 2, number: 5 },
      { ...place, before: 5, number: 3 },
      { ...place, before: 5, number: 5 },
    ],
  }
  expect(order.read()).toEqual(report)
  order.end()
  await send(ada.id, [7])
  expect(order.read()).toEqual(report)
})

test('a chat may begin with any number, and a reset begins anew', async () => {
  const { emulator, ada, call } = await startScene()
  const order = emulator.checkOrder({ number: /(\d+)/, before: 41 })
  await call('sendMessage', { chat_id: ada.id, text: '42' })
  expect(order.read()).toMatchObject({ messages: 1, missing: 0, late: 0 })
  emulator.reset()
  expect(order.read()).toMatchObject({ messages: 0, chats: 0 })
})
