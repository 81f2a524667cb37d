import { expect, test } from 'vitest'
import { takeUpdates } from '../testing/take-updates.ts'
import { startEmulator, startScene } from '../testing/start-emulator.ts'
import type { Scene } from '../testing/start-emulator.ts'

test('a link opens the chat, and only pressing Start sends its parameter', async () => {
  const scene = await startScene()
  const { emulator, bot } = scene
  await takeUpdates(scene)
  const ben = emulator.people.add({ first_name: 'Ben' })
  const { chat } = emulator.people.openLink(ben.id, { link: 'https://t.me/shop_bot?start=abc' })
  expect(chat).toMatchObject({ state: 'new', start_parameter: 'abc', last_message: null })
  expect(await takeUpdates(scene)).toEqual([])

  emulator.people.start(ben.id, { chat: chat.chat })
  expect(await takeUpdates(scene)).toEqual([
    {
      message: {
        message_id: 2,
        from: { id: ben.id, is_bot: false, first_name: 'Ben', language_code: 'en' },
        chat: { id: ben.id, first_name: 'Ben', type: 'private' },
        date: expect.any(Number),
        text: '/start abc',
        entities: [{ offset: 0, length: 6, type: 'bot_command' }],
      },
    },
  ])
  expect(emulator.chats.get(`${bot.id}:${ben.id}`)).toMatchObject({ state: 'started' })
  expect(emulator.chats.get(`${bot.id}:${ben.id}`)).not.toHaveProperty('start_parameter')
})

test('blocking and unblocking are told to the bot, starting for the first time is not', async () => {
  const scene = await startScene()
  const { emulator, bot, ada } = scene
  expect((await takeUpdates(scene)).map((update: object) => Object.keys(update)[0])).toEqual(['message'])
  expect(emulator.people.stop(ada.id, { bot: 'shop_bot' }).chat.state).toBe('blocked')
  emulator.people.stop(ada.id, { bot: bot.id })
  emulator.people.start(ada.id, { bot: bot.id })
  const updates = await takeUpdates(scene)
  const user = { id: bot.id, is_bot: true, first_name: 'Shop', username: 'shop_bot' }
  expect(updates).toMatchObject([
    {
      my_chat_member: {
        chat: { id: ada.id, type: 'private' },
        from: { id: ada.id },
        old_chat_member: { user, status: 'member' },
        new_chat_member: { user, status: 'kicked', until_date: 0 },
      },
    },
    {
      my_chat_member: { old_chat_member: { status: 'kicked' }, new_chat_member: { user, status: 'member' } },
    },
    { message: { text: '/start' } },
  ])
})

test('a pressed button waits for the answer of the bot', async () => {
  const scene = await startScene()
  const { emulator, ada, call } = scene
  await takeUpdates(scene)
  await call('sendMessage', {
    chat_id: ada.id,
    text: 'sure?',
    reply_markup: {
      inline_keyboard: [
        [
          { text: 'Yes', callback_data: 'y' },
          { text: 'No', callback_data: 'n' },
        ],
        [
          { text: 'Shop', url: 'https://shop.example' },
          { text: 'Code', copy_text: { text: 'X7' } },
        ],
      ],
    },
  })
  const { key } = emulator.people.chats(ada.id)[0]!.last_message!
  const pressed = emulator.people.press(ada.id, { message: key, button: { data: 'n' } })
  const [{ callback_query: query }] = await takeUpdates(scene)
  expect(query).toMatchObject({
    id: expect.stringMatching(/^\d+$/),
    from: { id: ada.id },
    message: { text: 'sure?' },
    chat_instance: expect.stringMatching(/^\d+$/),
    data: 'n',
  })
  const answer = { callback_query_id: query.id, text: 'All right', show_alert: true }
  expect((await call('answerCallbackQuery', answer)).result).toBe(true)
  expect(await pressed).toEqual({
    pressed: 'callback',
    callback_query_id: query.id,
    answer: { text: 'All right', show_alert: true },
  })
  expect((await call('answerCallbackQuery', answer)).description).toBe(
    'Bad Request: query is too old and response timeout expired or query ID is invalid',
  )

  const press = (button: object) => emulator.people.press(ada.id, { message: key, button, wait_ms: 0 })
  expect(await press({ text: 'Shop' })).toEqual({ pressed: 'url', url: 'https://shop.example/' })
  expect(await press({ row: 1, column: 1 })).toEqual({ pressed: 'copy', text: 'X7' })
  expect(await press({ row: 0 })).toMatchObject({ pressed: 'callback', answer: null })
  await expect(press({ text: 'Maybe' })).rejects.toThrow('the message has no such button')
})

test('a button that was answered too late, or by another bot, stays unanswered', async () => {
  const scene = await startScene()
  const { emulator, ada, call } = scene
  await takeUpdates(scene)
  await call('sendMessage', {
    chat_id: ada.id,
    text: 'x',
    reply_markup: { inline_keyboard: [[{ text: 'b', callback_data: 'd' }]] },
  })
  const { key } = emulator.people.chats(ada.id)[0]!.last_message!
  const pressed = emulator.people.press(ada.id, { message: key, button: { text: 'b' }, wait_ms: 200_000 })
  const [{ callback_query: query }] = await takeUpdates(scene)
  emulator.advance(61_000)
  expect((await call('answerCallbackQuery', { callback_query_id: query.id })).status).toBe(400)
  emulator.advance(200_000)
  expect(await pressed).toMatchObject({ answer: null })
})

test('an answer to a button has its limits', async () => {
  const { call } = await startScene()
  const answer = (parameters: object) =>
    call('answerCallbackQuery', { callback_query_id: '1', ...parameters })
  expect((await answer({ text: 'x'.repeat(201) })).description).toBe('Bad Request: MESSAGE_TOO_LONG')
  expect((await answer({ url: 'https://shop.example' })).description).toBe('Bad Request: URL_INVALID')
})

test('the contact button shares the own number, a forwarded card may be anybody else', async () => {
  const scene = await startScene()
  const { emulator, bot, ada, call } = scene
  await takeUpdates(scene)
  const chat = `${bot.id}:${ada.id}`
  expect(() => emulator.people.shareContact(ada.id, { chat })).toThrow('no button that asks')
  const keyboard = [[{ text: 'My number', request_contact: true }]]
  await call('sendMessage', {
    chat_id: ada.id,
    text: 'number?',
    reply_markup: { keyboard, one_time_keyboard: true },
  })
  expect(emulator.chats.get(chat).keyboard).toEqual({ kind: 'reply', rows: keyboard, one_time: true })

  emulator.people.shareContact(ada.id, { chat })
  expect(emulator.chats.get(chat).keyboard).toBeNull()
  emulator.people.shareContact(ada.id, { chat, contact: { phone_number: '+39333', first_name: 'Eve' } })
  const [own, foreign] = await takeUpdates(scene)
  expect(own.message.contact).toEqual({
    phone_number: ada.phone_number,
    first_name: 'Ada',
    last_name: 'L',
    user_id: ada.id,
  })
  expect(foreign.message.contact).toEqual({ phone_number: '+39333', first_name: 'Eve' })
})

test('a keyboard is shown until it is removed', async () => {
  const { emulator, bot, ada, call } = await startScene()
  const shown = () => emulator.chats.get(`${bot.id}:${ada.id}`).keyboard
  const send = (markup?: object) =>
    call('sendMessage', { chat_id: ada.id, text: 'x', ...(markup && { reply_markup: markup }) })
  await send({ keyboard: [['Yes', 'No']], input_field_placeholder: 'choose' })
  await send()
  await send({ inline_keyboard: [[{ text: 'a', callback_data: 'b' }]] })
  expect(shown()).toEqual({ kind: 'reply', rows: [[{ text: 'Yes' }, { text: 'No' }]], placeholder: 'choose' })
  await send({ remove_keyboard: true })
  expect(shown()).toBeNull()
  await send({ force_reply: true })
  expect(shown()).toEqual({ kind: 'force_reply' })
})

test.each([
  [
    'to write before Start was pressed',
    (emulator: Scene['emulator'], chat: string) => emulator.people.send(502, { chat, text: 'x' }),
  ],
  [
    'to write into the chat of another',
    (emulator: Scene['emulator'], chat: string) => emulator.people.send(501, { chat, text: 'x' }),
  ],
  [
    'to press Start of a bot that is not there',
    (emulator: Scene['emulator']) => emulator.people.start(501, { bot: 'nobody' }),
  ],
  [
    'to open a link that leads nowhere',
    (emulator: Scene['emulator']) => emulator.people.openLink(501, { link: 'https://x.example' }),
  ],
  [
    'to act as a person who is not there',
    (emulator: Scene['emulator']) => emulator.people.start(999, { bot: 'shop_bot' }),
  ],
  [
    'to start with a parameter Telegram would not take',
    (emulator: Scene['emulator']) => emulator.people.start(501, { bot: 'shop_bot', parameter: 'a b' }),
  ],
  ['to take a username twice', (emulator: Scene['emulator']) => emulator.bots.add({ username: 'Shop_Bot' })],
  ['to take an id twice', (emulator: Scene['emulator']) => emulator.people.add({ id: 7_000_001 })],
])('it is impossible %s', async (_what, act) => {
  const { emulator, bot } = await startScene()
  const ben = emulator.people.add()
  emulator.people.openLink(ben.id, { link: 'https://t.me/shop_bot' })
  expect(() => act(emulator, `${bot.id}:${ben.id}`)).toThrow(expect.objectContaining({ name: 'ActError' }))
})

test('who lets a bot write without Start is told of as write access', async () => {
  const scene = await startScene()
  const { emulator, bot, call } = scene
  await takeUpdates(scene)
  const ben = emulator.people.add()
  emulator.people.allowWriting(ben.id, { bot: bot.id })
  expect((await takeUpdates(scene))[0].message.write_access_allowed).toEqual({ from_request: true })
  expect((await call('sendMessage', { chat_id: ben.id, text: 'x' })).status).toBe(200)
})

test('an update can be made up, as a duplicate, out of the row, or of an unknown type', async () => {
  const { emulator, bot, call } = await startScene()
  const [first] = (await call('getUpdates')).result
  emulator.bots.addUpdate(bot.id, first, first.update_id)
  emulator.bots.addUpdate(bot.id, { brand_new: { a: 'ї' } })
  const { result } = await call('getUpdates')
  expect(result[1]).toEqual(first)
  expect(result[2]).toEqual({ update_id: first.update_id + 1, brand_new: { a: 'ї' } })
})

test('a reset forgets everything, or everything but the accounts', async () => {
  const { emulator, bot, ada, call } = await startScene()
  emulator.groups.create({ title: 'G', creator: ada.id })
  emulator.reset({ keepAccounts: true })
  expect(emulator.overview()).toMatchObject({ bots: 1, people: 1, groups: 0 })
  expect((await call('getUpdates')).result).toEqual([])
  expect((await call('sendMessage', { chat_id: ada.id, text: 'x' })).description).toBe(
    'Bad Request: chat not found',
  )
  emulator.reset()
  expect(emulator.overview()).toMatchObject({ bots: 0, people: 0 })
  expect((await call('getMe')).status).toBe(401)
  expect(emulator.bots.add().id).toBe(bot.id)
})

test('many bots live side by side, each with its own people and numbers', async () => {
  const emulator = await startEmulator()
  const { callBot } = await import('../testing/call-bot.ts')
  const person = emulator.people.add()
  const bots = Array.from({ length: 300 }, () => emulator.bots.add())
  for (const bot of bots) emulator.people.start(person.id, { bot: bot.id })
  const answers = await Promise.all(
    bots.map((bot) =>
      callBot(emulator.url, bot.token, {
        method: 'sendMessage',
        parameters: { chat_id: person.id, text: bot.username },
      }),
    ),
  )
  expect(new Set(answers.map(({ result }) => result.message_id))).toEqual(new Set([2]))
  expect(emulator.people.chats(person.id)).toHaveLength(300)
})

test('a username belongs to one account, in any case, until it is given up', async () => {
  const emulator = await startEmulator()
  const ada = emulator.people.add({ username: 'Ada' })
  const bot = emulator.bots.add({ username: 'shop_bot' })
  const taken = /the username \w+ is taken/
  expect(() => emulator.bots.add({ username: 'ADA' })).toThrow(taken)
  expect(() => emulator.people.add({ username: '@shop_BOT' })).toThrow(taken)
  expect(() => emulator.people.change(ada.id, { username: 'shop_bot' })).toThrow(taken)
  expect(emulator.people.change(ada.id, { username: 'ADA' }).username).toBe('ADA')
  expect(emulator.bots.change(bot.id, { username: 'store_bot' }).username).toBe('store_bot')
  expect(emulator.bots.get('@Store_Bot').id).toBe(bot.id)
  expect(emulator.people.change(ada.id, { username: '' }).username).toBe('')
  expect(emulator.people.add({ username: 'ada' }).username).toBe('ada')
  expect(emulator.bots.add({ username: 'shop_bot' }).id).toBe(bot.id + 1)
  emulator.reset()
  expect(emulator.bots.add({ username: 'shop_bot' }).id).toBe(bot.id)
})
