import { Api, Bot, InputFile, TelegramApiError } from 'node-telegram-bot-api'
import { createWebhookServer } from 'node-telegram-bot-api/node'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { pngOf } from '../testing/pictures.ts'
import { startScene } from '../testing/start-emulator.ts'

// A client that none of us wrote: whatever it takes for granted about Telegram, the emulator has to keep.
async function startApi() {
  const scene = await startScene()
  const options = { apiRoot: scene.emulator.url, maxRetries: 0 }
  return {
    ...scene,
    options,
    api: new Api(scene.bot.token, options),
    chat: `${scene.bot.id}:${scene.ada.id}`,
  }
}

function errorOf(promise: Promise<unknown>): Promise<TelegramApiError> {
  return promise.then(
    () => Promise.reject(new Error('the call was not refused')),
    (error: unknown) => (error instanceof TelegramApiError ? error : Promise.reject(error)),
  )
}

const picture = (width: number, height: number) =>
  new InputFile(new Uint8Array(pngOf(width, height)), { filename: 'a.png', contentType: 'image/png' })

test('node-telegram-bot-api knows its bot', async () => {
  const { api, bot } = await startApi()
  expect(await api.getMe()).toMatchObject({ id: bot.id, is_bot: true, username: 'shop_bot' })
})

test('node-telegram-bot-api sends text with markup, edits and deletes it', async () => {
  const { api, ada } = await startApi()
  const reply_markup = { inline_keyboard: [[{ text: 'b', callback_data: 'd' }]] }
  const sent = await api.sendMessage({ chat_id: ada.id, text: '<i>x</i>', parse_mode: 'HTML', reply_markup })
  expect(sent).toMatchObject({
    text: 'x',
    entities: [{ type: 'italic', offset: 0, length: 1 }],
    reply_markup,
  })
  const message = { chat_id: ada.id, message_id: sent.message_id }
  expect(await api.editMessageText({ ...message, text: 'y' })).toMatchObject({ text: 'y' })
  expect(await api.editMessageReplyMarkup({ ...message, reply_markup })).toMatchObject({ reply_markup })
  expect(await api.deleteMessage(message)).toBe(true)
})

test('node-telegram-bot-api sends photos, documents and albums', async () => {
  const { api, ada } = await startApi()
  const photo = await api.sendPhoto({ chat_id: ada.id, photo: picture(640, 480), caption: 'new' })
  expect(photo).toMatchObject({ caption: 'new' })
  const fileId = photo.photo?.at(-1)?.file_id ?? ''
  expect(await api.getFile({ file_id: fileId })).toMatchObject({
    file_path: expect.stringMatching(/^photos\//),
  })
  const document = await api.sendDocument({ chat_id: ada.id, document: 'https://shop.example/a.pdf' })
  expect(document.document).toMatchObject({ file_name: 'a.pdf' })
  const album = await api.sendMediaGroup({
    chat_id: ada.id,
    media: [
      { type: 'photo', media: fileId },
      { type: 'photo', media: 'https://shop.example/b.jpg' },
    ],
  })
  expect(album).toHaveLength(2)
})

test('node-telegram-bot-api polls, answers commands and buttons', async () => {
  const { emulator, bot, ada, options, chat } = await startApi()
  const client = new Bot(bot.token, options)
  client.command('order', (context) =>
    context.reply('Which?', {
      reply_markup: { inline_keyboard: [[{ text: 'Last', callback_data: 'last' }]] },
    }),
  )
  client.on('callback_query', (context) =>
    context.answerCallbackQuery({ text: `Looking for ${context.callbackQuery?.data}` }),
  )
  const polling = client.startPolling(undefined, { timeout: 1 })
  onTestFinished(() => polling)
  onTestFinished(() => client.stop())

  emulator.people.send(ada.id, { chat, text: '/order' })
  await vi.waitFor(() => expect(emulator.chats.get(chat).last_message?.text).toBe('Which?'), 5000)
  const { key } = emulator.chats.get(chat).last_message!
  const pressed = await emulator.people.press(ada.id, { message: key, button: { text: 'Last' } })
  expect(pressed).toMatchObject({ answer: { text: 'Looking for last' } })
})

test('node-telegram-bot-api takes updates by webhook, with its secret', async () => {
  const { emulator, api, bot, ada, options, chat } = await startApi()
  const client = new Bot(bot.token, options)
  client.on('message', (context) => context.reply('heard'))
  const server = createWebhookServer(client, { secretToken: 'secret', path: '/tg' })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tg`
  await api.setWebhook({ url, secret_token: 'secret', drop_pending_updates: true })
  emulator.people.send(ada.id, { chat, text: 'hello' })
  await vi.waitFor(() => expect(emulator.chats.get(chat).last_message?.text).toBe('heard'), 5000)
})

test('node-telegram-bot-api reads refusals as they are meant', async () => {
  const { emulator, api, bot, ada } = await startApi()
  const send = (text: string) => errorOf(api.sendMessage({ chat_id: ada.id, text }))
  expect(await send('')).toMatchObject({ errorCode: 400, description: 'Bad Request: message text is empty' })
  emulator.people.stop(ada.id, { bot: bot.id })
  expect(await send('x')).toMatchObject({
    errorCode: 403,
    description: 'Forbidden: bot was blocked by the user',
  })
  emulator.faults.add({ fault: { kind: 'error', code: 429, retry_after: 35 }, count: 1 })
  expect((await send('x')).retryAfter).toBe(35)
  emulator.people.unblock(ada.id, { bot: bot.id })
  emulator.groups.create({ title: 'G', creator: ada.id })
  emulator.groups.add('-4001', { member: bot.id, by: ada.id })
  const { chat } = emulator.groups.migrate('-4001')
  expect((await errorOf(api.sendMessage({ chat_id: -4001, text: 'x' }))).migrateToChatId).toBe(chat.chat_id)
})
