import { expect, test, vi } from 'vitest'
import { startScene } from '../testing/start-emulator.ts'
import type { Delivery } from '../testing/webhook-receiver.ts'
import { startWebhookReceiver } from '../testing/webhook-receiver.ts'

async function startDelivery(parameters: Record<string, unknown> = {}) {
  const scene = await startScene({ settings: { retryTimeScale: 0.001 } })
  const receiver = await startWebhookReceiver()
  const { emulator, bot, ada, call } = scene
  await call('setWebhook', { url: `${receiver.url}/tg?x=1`, drop_pending_updates: true, ...parameters })
  const chat = `${bot.id}:${ada.id}`
  const say = (text: string) => emulator.people.send(ada.id, { chat, text })
  return { ...scene, receiver, chat, say }
}

test('an update is posted with the headers of the real server in its order', async () => {
  const { receiver, say } = await startDelivery({ secret_token: 'S3cret_-' })
  say('привіт')
  const { request, text, update, response } = await receiver.next()
  response.end()
  const names = request.rawHeaders.filter((_value, at) => at % 2 === 0)
  expect(names).toEqual([
    'Host',
    'X-Telegram-Bot-Api-Secret-Token',
    'Content-Type',
    'Content-Length',
    'Connection',
    'Accept-Encoding',
  ])
  expect(request.headers).toMatchObject({
    'x-telegram-bot-api-secret-token': 'S3cret_-',
    'content-type': 'application/json',
    'accept-encoding': 'gzip, deflate',
  })
  expect([request.method, request.url]).toEqual(['POST', '/tg?x=1'])
  expect(text).toContain(`{"update_id":${update.update_id},\n"message":{"message_id":2,`)
  expect(text).toContain(String.raw`\u043f\u0440\u0438\u0432\u0456\u0442`)
})

test('user and password of the address become basic authorization', async () => {
  const { receiver, call, say } = await startDelivery()
  await call('setWebhook', { url: receiver.url.replace('http://', 'http://user:p%40ss@') })
  say('x')
  const { request, response } = await receiver.next()
  response.end()
  expect(request.headers.authorization).toBe(`Basic ${Buffer.from('user:p@ss').toString('base64')}`)
})

test('updates of one chat come one after the other, those of different chats side by side', async () => {
  const { emulator, bot, receiver, say } = await startDelivery()
  const ben = emulator.people.add()
  say('warm up')
  ;(await receiver.next()).response.end()
  say('first')
  say('second')
  emulator.people.start(ben.id, { bot: bot.id })
  // Two connections, so either may be the first.
  const both = [await receiver.next(), await receiver.next()]
  const textOf = ({ update }: Delivery): string => update.message.text
  const [other, one] = both.toSorted((left, right) => textOf(left).localeCompare(textOf(right)))
  expect(both.map(textOf).toSorted()).toEqual(['/start', 'first'])
  expect(receiver.waiting()).toBe(0)
  other?.response.end()
  one?.response.end()
  const second = await receiver.next()
  second.response.end()
  expect(second.update.message.text).toBe('second')
})

test('blocking and pressed buttons do not wait behind the messages of their chat', async () => {
  const { emulator, ada, bot, call, chat, receiver, say } = await startDelivery()
  say('warm up')
  ;(await receiver.next()).response.end()
  await call('sendMessage', {
    chat_id: ada.id,
    text: 'x',
    reply_markup: { inline_keyboard: [[{ text: 'b', callback_data: 'd' }]] },
  })
  say('held')
  const held = await receiver.next()
  const key = emulator.chats.messages(chat).messages.find(({ inline_keyboard: keyboard }) => keyboard)!.key
  void emulator.people.press(ada.id, { message: key, button: { text: 'b' }, wait_ms: 1 })
  emulator.people.stop(ada.id, { bot: bot.id })
  const [pressed, blocked] = [await receiver.next(), await receiver.next()]
  expect(pressed.update.callback_query).toMatchObject({
    data: 'd',
    message: { text: 'x' },
    from: { id: ada.id },
  })
  expect(blocked.update.my_chat_member).toMatchObject({
    old_chat_member: { status: 'member' },
    new_chat_member: { status: 'kicked', until_date: 0 },
  })
  for (const { response } of [pressed, blocked, held]) response.end()
})

test('an update that was not taken comes again with the same number until it is, and blocks its chat meanwhile', async () => {
  const { call, receiver, say } = await startDelivery()
  say('first')
  say('second')
  const failed = await receiver.next()
  failed.response.writeHead(500).end()
  const again = await receiver.next()
  expect(again.update).toEqual(failed.update)
  expect((await call('getWebhookInfo')).result).toMatchObject({
    pending_update_count: 2,
    last_error_date: expect.any(Number),
    last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
  })
  again.request.socket.destroy()
  const third = await receiver.next()
  expect(third.update).toEqual(failed.update)
  third.response.writeHead(204).end()
  const next = await receiver.next()
  expect(next.update.message.text).toBe('second')
  next.response.end()
  await vi.waitFor(async () => expect((await call('getWebhookInfo')).result.pending_update_count).toBe(0))
})

test('a webhook that cannot be reached is named in the info, and gets everything once it is there', async () => {
  const { call, receiver, say } = await startDelivery()
  await call('setWebhook', { url: 'http://127.0.0.1:1/tg' })
  say('kept')
  await vi.waitFor(async () => {
    expect((await call('getWebhookInfo')).result.last_error_message).toBe('Connection refused')
  })
  await call('setWebhook', { url: receiver.url })
  const delivery = await receiver.next()
  delivery.response.end()
  expect(delivery.update.message.text).toBe('kept')
})

test('a method in the answer is carried out, one that reads or would change the webhook is not', async () => {
  const { emulator, ada, call, chat, receiver, say } = await startDelivery()
  const replyWith = async (body: Record<string, unknown>) => {
    say('ask')
    const { response } = await receiver.next()
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
  }
  await replyWith({ method: 'deleteWebhook' })
  await replyWith({ method: 'sendMessage', chat_id: ada.id, text: 'answered' })
  await vi.waitFor(() => expect(emulator.chats.messages(chat).messages.at(-1)?.text).toBe('answered'))
  expect((await call('getWebhookInfo')).result.url).toContain(receiver.url)
})

test('an address that is gone for a day loses its webhook', async () => {
  const { emulator, call, receiver, say } = await startDelivery()
  say('x')
  ;(await receiver.next()).response.writeHead(410).end()
  const again = await receiver.next()
  emulator.advance(23.5 * 60 * 60 * 1000)
  again.response.writeHead(410).end()
  await vi.waitFor(async () => expect((await call('getWebhookInfo')).result.url).toBe(''))
})

test('an update whose life is over is not tried again', async () => {
  const { emulator, ada, call, chat, receiver } = await startDelivery()
  await call('sendMessage', {
    chat_id: ada.id,
    text: 'x',
    reply_markup: { inline_keyboard: [[{ text: 'b', callback_data: 'd' }]] },
  })
  const key = emulator.chats.messages(chat).messages.at(-1)!.key
  void emulator.people.press(ada.id, { message: key, button: { text: 'b' }, wait_ms: 1 })
  const { response } = await receiver.next()
  emulator.advance(151_000)
  response.writeHead(500).end()
  await vi.waitFor(async () => expect((await call('getWebhookInfo')).result.pending_update_count).toBe(0))
})

test('types that were not asked for are never made', async () => {
  const { emulator, ada, bot, receiver, say } = await startDelivery({ allowed_updates: ['message'] })
  emulator.people.stop(ada.id, { bot: bot.id })
  emulator.people.unblock(ada.id, { bot: bot.id })
  say('only this')
  const { update, response } = await receiver.next()
  response.end()
  expect(update.message.text).toBe('only this')
})
