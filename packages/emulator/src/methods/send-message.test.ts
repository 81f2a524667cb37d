import { expect, test } from 'vitest'
import { startScene } from '../testing/start-emulator.ts'

test('a sent message comes back with its keys in the order of the real server', async () => {
  const { bot, ada, call } = await startScene()
  const { result } = await call('sendMessage', {
    chat_id: ada.id,
    text: '  <b>Order</b> 7 at https://shop.example \n',
    parse_mode: 'HTML',
    protect_content: true,
    link_preview_options: { is_disabled: true },
    reply_markup: { inline_keyboard: [[{ text: 'Yes', callback_data: 'y' }]] },
  })
  expect(result).toEqual({
    message_id: 2,
    from: { id: bot.id, is_bot: true, first_name: 'Shop', username: 'shop_bot' },
    chat: { id: ada.id, first_name: 'Ada', last_name: 'L', username: 'ada', type: 'private' },
    date: expect.any(Number),
    text: 'Order 7 at https://shop.example',
    entities: [
      { offset: 0, length: 5, type: 'bold' },
      { offset: 11, length: 20, type: 'url' },
    ],
    link_preview_options: { is_disabled: true },
    reply_markup: { inline_keyboard: [[{ text: 'Yes', callback_data: 'y' }]] },
    has_protected_content: true,
  })
  expect(Object.keys(result)).toEqual([
    'message_id',
    'from',
    'chat',
    'date',
    'text',
    'entities',
    'link_preview_options',
    'reply_markup',
    'has_protected_content',
  ])
  expect(Math.abs(result.date - Date.now() / 1000)).toBeLessThan(5)
})

test('nested objects may be JSON or a string that holds JSON', async () => {
  const { ada, call } = await startScene()
  const markup = { inline_keyboard: [[{ text: 'a', callback_data: 'b' }]] }
  const asObject = await call('sendMessage', { chat_id: ada.id, text: 'x', reply_markup: markup })
  const asString = await call('sendMessage', {
    chat_id: String(ada.id),
    text: 'x',
    reply_markup: JSON.stringify(markup),
  })
  expect(asString.result.reply_markup).toEqual(asObject.result.reply_markup)
})

test.each([
  [{ text: 'x' }, 'Bad Request: chat_id is empty'],
  [{ chat_id: 'ADA' }, 'Bad Request: message text is empty'],
  [{ chat_id: 'ADA', text: '' }, 'Bad Request: message text is empty'],
  [{ chat_id: 'ADA', text: ' \n\u200b ' }, 'Bad Request: text must be non-empty'],
  [{ chat_id: 'ADA', text: '<b></b>', parse_mode: 'HTML' }, 'Bad Request: text must be non-empty'],
  [{ chat_id: 'ADA', text: 'x'.repeat(4097) }, 'Bad Request: message is too long'],
  [{ chat_id: 'ADA', text: 'x'.repeat(32_769) }, 'Bad Request: text is too long'],
  [{ chat_id: 'ADA', text: '\ud83d' }, 'Bad Request: strings must be encoded in UTF-8'],
  [{ chat_id: 'ADA', text: 'x', parse_mode: 'BBCode' }, 'Bad Request: unsupported parse_mode'],
  [
    { chat_id: 'ADA', text: '<div>x', parse_mode: 'HTML' },
    'Bad Request: can\'t parse entities: Unsupported start tag "div" at byte offset 0',
  ],
  [{ chat_id: 999, text: 'x' }, 'Bad Request: chat not found'],
  [{ chat_id: 'abc', text: 'x' }, 'Bad Request: chat not found'],
  [{ chat_id: '@nobody', text: 'x' }, 'Bad Request: chat not found'],
  [{ chat_id: 999, text: ' ' }, 'Bad Request: chat not found'],
  [{ chat_id: 'ADA', text: 'x', message_thread_id: 5 }, 'Bad Request: message thread not found'],
  [
    { chat_id: 'ADA', text: 'x', reply_parameters: { message_id: 77 } },
    'Bad Request: message to be replied not found',
  ],
  [
    { chat_id: 'ADA', text: 'x', reply_parameters: '{' },
    "Bad Request: can't parse reply parameters JSON object",
  ],
  [
    { chat_id: 'ADA', text: 'x', reply_markup: '{' },
    "Bad Request: can't parse reply keyboard markup JSON object",
  ],
  [{ chat_id: 'ADA', text: 'x', reply_markup: [] }, 'Bad Request: object expected as reply markup'],
  [
    { chat_id: 'ADA', text: 'x', link_preview_options: '1' },
    'Bad Request: object expected as link preview options',
  ],
  [
    { chat_id: 'ADA', text: 'x', entities: [{ type: 'glitter', offset: 0, length: 1 }] },
    "Bad Request: can't parse MessageEntity: Unsupported type specified",
  ],
])('sendMessage with %j is refused: %s', async (parameters, description) => {
  const { ada, call } = await startScene()
  const addressed = 'chat_id' in parameters && parameters.chat_id === 'ADA' ? { chat_id: ada.id } : {}
  expect(await call('sendMessage', { ...parameters, ...addressed })).toMatchObject({
    status: 400,
    errorCode: 400,
    description,
  })
})

test('the text is judged before the chat where only the markup is wrong, after it where the length is', async () => {
  const { call } = await startScene()
  const wrongMarkup = await call('sendMessage', { chat_id: 999, text: '<b>', parse_mode: 'HTML' })
  const tooLong = await call('sendMessage', { chat_id: 999, text: 'x'.repeat(5000) })
  expect(wrongMarkup.description).toContain("can't parse entities")
  expect(tooLong.description).toBe('Bad Request: chat not found')
})

test('a person who stopped, left Telegram or never started the bot cannot be written to', async () => {
  const { emulator, bot, ada, call } = await startScene()
  const send = (id: number) => call('sendMessage', { chat_id: id, text: 'x' })

  emulator.people.stop(ada.id, { bot: bot.id })
  expect(await send(ada.id)).toMatchObject({
    status: 403,
    description: 'Forbidden: bot was blocked by the user',
  })
  emulator.people.unblock(ada.id, { bot: bot.id })
  expect(await send(ada.id)).toMatchObject({ status: 200 })
  emulator.people.deactivate(ada.id)
  expect(await send(ada.id)).toMatchObject({ status: 403, description: 'Forbidden: user is deactivated' })

  const stranger = emulator.people.add()
  expect(await send(stranger.id)).toMatchObject({ status: 400, description: 'Bad Request: chat not found' })
  emulator.groups.create({ title: 'Both', creator: stranger.id })
  emulator.groups.add('-4001', { member: bot.id, by: stranger.id })
  expect(await send(stranger.id)).toMatchObject({
    status: 403,
    description: "Forbidden: bot can't initiate conversation with a user",
  })
})

test('a bot cannot write to another bot, and does not know the people of another bot', async () => {
  const { emulator, ada } = await startScene()
  const other = emulator.bots.add({ username: 'other_bot' })
  const { callBot } = await import('../testing/call-bot.ts')
  const toPerson = await callBot(emulator.url, other.token, {
    method: 'sendMessage',
    parameters: { chat_id: ada.id, text: 'x' },
  })
  const toBot = await callBot(emulator.url, other.token, {
    method: 'sendMessage',
    parameters: { chat_id: 7_000_001, text: 'x' },
  })
  expect(toPerson.description).toBe('Bad Request: chat not found')
  expect(toBot).toMatchObject({
    status: 403,
    description: "Forbidden: the bot can't send messages to the bot",
  })
})

test('a reply carries the message it answers, once', async () => {
  const { ada, call } = await startScene()
  const first = await call('sendMessage', { chat_id: ada.id, text: 'first' })
  const second = await call('sendMessage', {
    chat_id: ada.id,
    text: 'second',
    reply_parameters: { message_id: first.result.message_id },
  })
  const third = await call('sendMessage', {
    chat_id: ada.id,
    text: 'third',
    reply_to_message_id: second.result.message_id,
  })
  const lenient = await call('sendMessage', {
    chat_id: ada.id,
    text: 'x',
    reply_parameters: { message_id: 99, allow_sending_without_reply: true },
  })
  expect(second.result.reply_to_message.text).toBe('first')
  expect(third.result.reply_to_message).not.toHaveProperty('reply_to_message')
  expect(lenient.result).not.toHaveProperty('reply_to_message')
})

test('message ids count for the whole account in private chats and for the chat in a supergroup', async () => {
  const { emulator, bot, ada, call } = await startScene()
  const ben = emulator.people.add()
  emulator.people.start(ben.id, { bot: bot.id })
  emulator.groups.create({ title: 'G', kind: 'supergroup', creator: ada.id })
  emulator.groups.add('-1001000000001', { member: bot.id, by: ada.id })
  const ids: number[] = []
  for (const chat of [ada.id, ben.id, -1_001_000_000_001, ada.id]) {
    ids.push((await call('sendMessage', { chat_id: chat, text: 'x' })).result.message_id)
  }
  expect(ids).toEqual([3, 4, 3, 5])
})

test('a mention by id names the person, if the bot met them', async () => {
  const { ada, call } = await startScene()
  const text = `<a href="tg://user?id=${ada.id}">Ada</a> and <a href="tg://user?id=999">nobody</a>`
  const { result } = await call('sendMessage', { chat_id: ada.id, text, parse_mode: 'HTML' })
  expect(result.entities).toEqual([
    {
      offset: 0,
      length: 3,
      type: 'text_mention',
      user: {
        id: ada.id,
        is_bot: false,
        first_name: 'Ada',
        last_name: 'L',
        username: 'ada',
        language_code: 'it',
      },
    },
  ])
})
