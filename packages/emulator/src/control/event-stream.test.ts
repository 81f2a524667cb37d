import { expect, onTestFinished, test } from 'vitest'
import { startScene } from '../testing/start-emulator.ts'
import type { Scene } from '../testing/start-emulator.ts'

interface StreamEvent {
  readonly id: string
  readonly event: string
  // A test looks into events of every shape.
  // oxlint-disable-next-line no-explicit-any
  readonly data: any
}

/** Reads a stream event by event; the first line, which only tells where it stands, is passed over. */
async function openStream({ emulator }: Pick<Scene, 'emulator'>, query = '', lastEventId?: string) {
  const leaving = new AbortController()
  const headers = lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId }
  const response = await fetch(`${emulator.url}/emulator/events${query}`, { headers, signal: leaving.signal })
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  onTestFinished(() => leaving.abort())
  let buffered = ''
  return {
    response,
    async next(): Promise<StreamEvent> {
      for (;;) {
        const end = buffered.indexOf('\n\n')
        if (end === -1) {
          const { value, done } = await reader.read()
          if (done) throw new Error('the stream ended')
          buffered += value
          continue
        }
        const block = buffered.slice(0, end)
        buffered = buffered.slice(end + 2)
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
        const event = field('event')
        if (event !== undefined)
          return { id: field('id') ?? '', event, data: JSON.parse(field('data') ?? 'null') }
      }
    },
  }
}

test('every change a phone shows is streamed as it happens', async () => {
  const scene = await startScene()
  const { emulator, bot, ada, call } = scene
  const chat = `${bot.id}:${ada.id}`
  const stream = await openStream(scene)
  expect(stream.response.headers.get('content-type')).toBe('text/event-stream')

  const sent = await call('sendMessage', {
    chat_id: ada.id,
    text: 'one',
    reply_markup: { inline_keyboard: [[{ text: 'b', callback_data: 'd' }]] },
  })
  const first = await stream.next()
  expect(first).toMatchObject({ event: 'message', data: { chat, message: { text: 'one' } } })
  const { key } = first.data.message
  const pressed = emulator.people.press(ada.id, { message: key, button: { text: 'b' } })
  const query = (await call('getUpdates')).result.at(-1).callback_query
  await call('answerCallbackQuery', { callback_query_id: query.id, text: 'ok' })
  await pressed
  await call('sendChatAction', { chat_id: ada.id, action: 'typing' })
  const message = { chat_id: ada.id, message_id: sent.result.message_id }
  await call('editMessageText', { ...message, text: 'two' })
  await call('deleteMessage', message)
  emulator.people.stop(ada.id, { bot: bot.id })
  emulator.people.add({ first_name: 'Ben' })
  emulator.bots.change(bot.id, { name: 'Shop 2' })
  emulator.reset()

  const events: StreamEvent[] = []
  for (let count = 0; count < 8; count++) events.push(await stream.next())
  expect(events).toMatchObject([
    {
      event: 'callback_answer',
      data: { chat, key, person_id: ada.id, answer: { text: 'ok', show_alert: false } },
    },
    { event: 'action', data: { chat, bot_id: bot.id, action: 'typing' } },
    { event: 'edited', data: { chat, message: { key, text: 'two', edit_date: expect.any(Number) } } },
    { event: 'deleted', data: { chat, key } },
    { event: 'chat', data: { chat: { chat, state: 'blocked' } } },
    { event: 'person', data: { person: { first_name: 'Ben' } } },
    { event: 'bot', data: { bot: { name: 'Shop 2' } } },
    { event: 'reset', data: {} },
  ])
})

test("a person's stream has only what concerns that person", async () => {
  const scene = await startScene()
  const { emulator, bot, ada, call } = scene
  const ben = emulator.people.add()
  emulator.people.start(ben.id, { bot: bot.id })
  const stream = await openStream(scene, `?person=${ada.id}`)
  await call('sendMessage', { chat_id: ben.id, text: 'to Ben' })
  await call('sendMessage', { chat_id: ada.id, text: 'to Ada' })
  expect((await stream.next()).data.message.text).toBe('to Ada')
})

test('a client that comes back gets what it missed, or is told to read everything anew', async () => {
  const scene = await startScene()
  const { ada, call } = scene
  const stream = await openStream(scene)
  await call('sendMessage', { chat_id: ada.id, text: 'seen' })
  const { id } = await stream.next()
  await call('sendMessage', { chat_id: ada.id, text: 'missed' })
  const again = await openStream(scene, '', id)
  expect((await again.next()).data.message.text).toBe('missed')
  for (const unknown of ['999999', '-1', 'nonsense']) {
    expect((await (await openStream(scene, '', unknown)).next()).event).toBe('reset')
  }
})

test('closing the emulator ends the streams', async () => {
  const scene = await startScene()
  const stream = await openStream(scene)
  await scene.emulator.close()
  await expect(stream.next()).rejects.toThrow()
})
