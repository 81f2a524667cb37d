import { expect, test } from 'vitest'
import { startScene } from '../testing/start-emulator.ts'

const NOT_MODIFIED =
  'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'
const keyboard = (data: string) => ({ inline_keyboard: [[{ text: 'b', callback_data: data }]] })

test('an edited text comes back with the date of the edit and without the keyboard it had', async () => {
  const { ada, call } = await startScene()
  const sent = await call('sendMessage', { chat_id: ada.id, text: 'one', reply_markup: keyboard('a') })
  const { result } = await call('editMessageText', {
    chat_id: ada.id,
    message_id: sent.result.message_id,
    text: 'two',
  })
  expect(result).toMatchObject({
    message_id: sent.result.message_id,
    text: 'two',
    edit_date: expect.any(Number),
  })
  expect(result).not.toHaveProperty('reply_markup')
})

test('an edit that changes nothing is refused as such', async () => {
  const { ada, call } = await startScene()
  const { result } = await call('sendMessage', {
    chat_id: ada.id,
    text: '<b>one</b>',
    parse_mode: 'HTML',
    reply_markup: keyboard('a'),
  })
  const edit = { chat_id: ada.id, message_id: result.message_id, reply_markup: keyboard('a') }
  const same = await call('editMessageText', {
    ...edit,
    text: ' one ',
    entities: [{ type: 'bold', offset: 1, length: 3 }],
  })
  expect(same).toMatchObject({ status: 400, description: NOT_MODIFIED })
  expect(await call('editMessageReplyMarkup', edit)).toMatchObject({ status: 400, description: NOT_MODIFIED })
  expect(await call('editMessageReplyMarkup', { ...edit, reply_markup: keyboard('b') })).toMatchObject({
    status: 200,
  })
  expect(await call('editMessageText', { ...edit, text: 'one' })).toMatchObject({ status: 200 })
})

test('a caption is edited and taken away', async () => {
  const { ada, call } = await startScene()
  const { result } = await call('sendPhoto', {
    chat_id: ada.id,
    photo: 'https://x.example/a.jpg',
    caption: 'one',
  })
  const edit = { chat_id: ada.id, message_id: result.message_id }
  expect((await call('editMessageCaption', { ...edit, caption: 'two' })).result).toMatchObject({
    caption: 'two',
    photo: expect.any(Array),
  })
  expect((await call('editMessageCaption', edit)).result).not.toHaveProperty('caption')
  expect((await call('editMessageText', { ...edit, text: 'x' })).description).toBe(
    'Bad Request: there is no text in the message to edit',
  )
})

test('only the bot itself may edit, and only what may be edited', async () => {
  const { ada, call } = await startScene()
  const edit = (messageId: number | undefined) =>
    call('editMessageText', { chat_id: ada.id, message_id: messageId, text: 'x' })
  const shown = await call('sendMessage', { chat_id: ada.id, text: 'k', reply_markup: { keyboard: [['a']] } })
  const plain = await call('sendMessage', { chat_id: ada.id, text: 't' })

  expect((await edit(1)).description).toBe("Bad Request: message can't be edited")
  expect((await edit(shown.result.message_id)).description).toBe("Bad Request: message can't be edited")
  expect((await edit(99)).description).toBe('Bad Request: message to edit not found')
  expect((await edit(undefined)).description).toBe('Bad Request: message to edit not found')
  expect((await call('editMessageText', { text: 'x' })).description).toBe(
    'Bad Request: message identifier is not specified',
  )
  expect(
    (await call('editMessageCaption', { chat_id: ada.id, message_id: plain.result.message_id })).description,
  ).toBe('Bad Request: there is no caption in the message to edit')
})

test('a deleted message is gone for everybody', async () => {
  const { emulator, ada, call } = await startScene()
  const { result } = await call('sendMessage', { chat_id: ada.id, text: 'x' })
  const message = { chat_id: ada.id, message_id: result.message_id }
  expect((await call('deleteMessage', message)).result).toBe(true)
  expect((await call('deleteMessage', message)).description).toBe('Bad Request: message to delete not found')
  expect((await call('editMessageText', { ...message, text: 'y' })).description).toBe(
    'Bad Request: message to edit not found',
  )
  expect(emulator.chats.messages(`7000001:${ada.id}`).messages.map(({ text }) => text)).toEqual(['/start'])
})

test('messages are deleted by the hundred, those that are gone passed over, old ones refused', async () => {
  const { emulator, ada, call } = await startScene()
  const { result } = await call('sendMessage', { chat_id: ada.id, text: 'x' })
  expect(
    (await call('deleteMessages', { chat_id: ada.id, message_ids: [result.message_id, 50] })).result,
  ).toBe(true)
  const old = await call('sendMessage', { chat_id: ada.id, text: 'old' })
  emulator.advance(49 * 60 * 60 * 1000)
  expect(
    (await call('deleteMessage', { chat_id: ada.id, message_id: old.result.message_id })).description,
  ).toBe("Bad Request: message can't be deleted")
})

test.each([
  [{ message_id: 1 }, 'chat identifier is not specified'],
  [{ chat_id: 501 }, 'message identifier is not specified'],
  [{ chat_id: 501, message_id: 'x' }, 'message identifier is not specified'],
])('deleteMessage with %j is refused: %s', async (parameters, detail) => {
  const { call } = await startScene()
  expect((await call('deleteMessage', parameters)).description).toBe(`Bad Request: ${detail}`)
})
