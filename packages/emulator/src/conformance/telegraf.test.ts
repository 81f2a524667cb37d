import { Input, Telegraf, TelegramError } from 'telegraf'
import { expect, onTestFinished, test, vi } from 'vitest'
import { pngOf } from '../testing/pictures.ts'
import { serve } from '../testing/serve.ts'
import { startScene } from '../testing/start-emulator.ts'

// A client that none of us wrote: whatever it takes for granted about Telegram, the emulator has to keep.
async function startTelegraf() {
  const scene = await startScene()
  const telegraf = new Telegraf(scene.bot.token, { telegram: { apiRoot: scene.emulator.url } })
  return { ...scene, telegraf, telegram: telegraf.telegram, chat: `${scene.bot.id}:${scene.ada.id}` }
}

function errorOf(promise: Promise<unknown>): Promise<TelegramError> {
  return promise.then(
    () => Promise.reject(new Error('the call was not refused')),
    (error: unknown) => (error instanceof TelegramError ? error : Promise.reject(error)),
  )
}

test('telegraf knows its bot', async () => {
  const { telegram, bot } = await startTelegraf()
  expect(await telegram.getMe()).toMatchObject({
    id: bot.id,
    is_bot: true,
    username: 'shop_bot',
    can_join_groups: true,
  })
})

test('telegraf sends text with markup, edits and deletes it', async () => {
  const { telegram, ada, emulator, chat } = await startTelegraf()
  const sent = await telegram.sendMessage(ada.id, '<b>Order</b> 5', {
    parse_mode: 'HTML',
    reply_markup: { inline_keyboard: [[{ text: 'Track', url: 'https://shop.example/5' }]] },
  })
  expect(sent).toMatchObject({ text: 'Order 5', entities: [{ type: 'bold', offset: 0, length: 5 }] })
  const edited = await telegram.editMessageText(ada.id, sent.message_id, undefined, 'Order 5 sent')
  expect(edited).toMatchObject({ text: 'Order 5 sent', edit_date: expect.any(Number) })
  expect(await telegram.deleteMessage(ada.id, sent.message_id)).toBe(true)
  expect(emulator.chats.messages(chat).messages.map(({ text }) => text)).toEqual(['/start'])
})

test('telegraf sends photos, documents and albums by upload, address and id', async () => {
  const { telegram, ada } = await startTelegraf()
  const photo = await telegram.sendPhoto(ada.id, Input.fromBuffer(pngOf(640, 480), 'a.png'), {
    caption: 'new',
  })
  expect(photo).toMatchObject({ caption: 'new' })
  const fileId = photo.photo.at(-1)?.file_id ?? ''
  const again = await telegram.sendPhoto(ada.id, fileId)
  expect(again.photo.at(-1)?.file_unique_id).toBe(photo.photo.at(-1)?.file_unique_id)
  const document = await telegram.sendDocument(ada.id, Input.fromURL('https://shop.example/invoice.pdf'))
  expect(document.document).toMatchObject({ file_name: 'invoice.pdf', mime_type: 'application/pdf' })
  const album = await telegram.sendMediaGroup(ada.id, [
    { type: 'photo', media: fileId },
    { type: 'photo', media: Input.fromBuffer(pngOf(30, 40), 'b.png') },
  ])
  expect(new Set(album.map((message) => message.media_group_id)).size).toBe(1)
  const link = await telegram.getFileLink(fileId)
  const bytes = await (await fetch(link)).arrayBuffer()
  expect(Buffer.from(bytes)).toEqual(pngOf(640, 480))
})

test('telegraf polls, answers commands and buttons', async () => {
  const { telegraf, emulator, ada, chat } = await startTelegraf()
  telegraf.command('order', (context) =>
    context.reply('Which?', {
      reply_markup: { inline_keyboard: [[{ text: 'Last', callback_data: 'last' }]] },
    }),
  )
  telegraf.action('last', async (context) => {
    await context.answerCbQuery('Looking', { show_alert: true })
    await context.editMessageText('Your last order')
  })
  const polling = telegraf.launch()
  onTestFinished(() => polling)
  onTestFinished(() => telegraf.stop())

  emulator.people.send(ada.id, { chat, text: '/order' })
  await vi.waitFor(() => expect(emulator.chats.get(chat).last_message?.text).toBe('Which?'), 5000)
  const { key } = emulator.chats.get(chat).last_message!
  const pressed = await emulator.people.press(ada.id, { message: key, button: { text: 'Last' } })
  expect(pressed).toMatchObject({ answer: { text: 'Looking', show_alert: true } })
  await vi.waitFor(() => expect(emulator.chats.get(chat).last_message?.text).toBe('Your last order'), 5000)
})

test('telegraf takes updates by webhook, with its secret', async () => {
  const { telegraf, telegram, emulator, ada, chat } = await startTelegraf()
  telegraf.on('text', (context) => context.reply(`You said ${context.message.text}`))
  const callback = telegraf.webhookCallback('/tg', { secretToken: 'secret' })
  const url = await serve((request, response) => void callback(request, response))
  expect(await telegram.setWebhook(`${url}/tg`, { secret_token: 'secret', drop_pending_updates: true })).toBe(
    true,
  )
  emulator.people.send(ada.id, { chat, text: 'hello' })
  await vi.waitFor(() => expect(emulator.chats.get(chat).last_message?.text).toBe('You said hello'), 5000)
  expect(await telegram.getWebhookInfo()).toMatchObject({ url: `${url}/tg`, max_connections: 40 })
  expect(await telegram.deleteWebhook()).toBe(true)
})

test('telegraf reads refusals as they are meant', async () => {
  const { telegram, emulator, bot, ada } = await startTelegraf()
  const bad = await errorOf(telegram.sendMessage(ada.id, ''))
  expect([bad.code, bad.description]).toEqual([400, 'Bad Request: message text is empty'])
  emulator.people.stop(ada.id, { bot: bot.id })
  const blocked = await errorOf(telegram.sendMessage(ada.id, 'x'))
  expect([blocked.code, blocked.description]).toEqual([403, 'Forbidden: bot was blocked by the user'])
  emulator.faults.add({ fault: { kind: 'error', code: 429, retry_after: 35 }, count: 1 })
  const flooded = await errorOf(telegram.sendMessage(ada.id, 'x'))
  expect(flooded.response).toEqual({
    ok: false,
    error_code: 429,
    description: 'Too Many Requests: retry after 35',
    parameters: { retry_after: 35 },
  })
  emulator.bots.revoke(bot.id)
  expect((await errorOf(telegram.getMe())).code).toBe(401)
})
