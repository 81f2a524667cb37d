import { expect, test } from 'vitest'
import { startScene } from '../testing/start-emulator.ts'

test('getChat tells of a person what a bot may know', async () => {
  const { ada, call } = await startScene()
  const { result } = await call('getChat', { chat_id: ada.id })
  expect(result).toMatchObject({
    id: ada.id,
    first_name: 'Ada',
    last_name: 'L',
    username: 'ada',
    type: 'private',
    can_send_gift: true,
    active_usernames: ['ada'],
    accepted_gift_types: { unlimited_gifts: true, gifts_from_channels: true },
    max_reaction_count: 11,
  })
})

test('getChat tells of a group its kind and what its members may do', async () => {
  const { emulator, bot, ada, call } = await startScene()
  emulator.groups.create({ title: 'G', creator: ada.id })
  emulator.groups.add('-4001', { member: bot.id, by: ada.id })
  emulator.groups.setRights('-4001', { can_send_photos: false })
  const { result } = await call('getChat', { chat_id: -4001 })
  expect(result).toMatchObject({
    id: -4001,
    title: 'G',
    type: 'group',
    permissions: { can_send_messages: true, can_send_photos: false },
    all_members_are_administrators: false,
  })
})

test('a member is told with their standing, whoever is not one as left', async () => {
  const { emulator, bot, ada, call } = await startScene()
  const ben = emulator.people.add({ first_name: 'Ben' })
  emulator.groups.create({ title: 'G', kind: 'supergroup', creator: ada.id })
  const chat = -1_001_000_000_001
  emulator.groups.add(String(chat), { member: bot.id, by: ada.id, status: 'administrator' })
  const statusOf = async (userId: number) =>
    (await call('getChatMember', { chat_id: chat, user_id: userId })).result.status
  expect([await statusOf(ada.id), await statusOf(bot.id), await statusOf(ben.id)]).toEqual([
    'creator',
    'administrator',
    'left',
  ])
  expect((await call('getChatMember', { chat_id: chat, user_id: 424_242 })).description).toBe(
    'Bad Request: member not found',
  )
  expect((await call('getChatMember', { chat_id: chat })).description).toBe(
    'Bad Request: invalid user_id specified',
  )
  expect((await call('getChatMember', { chat_id: ada.id, user_id: ada.id })).result.status).toBe('member')
  expect((await call('getChatMemberCount', { chat_id: chat })).result).toBe(2)
  expect((await call('getChatAdministrators', { chat_id: chat })).result).toHaveLength(1)
  expect((await call('getChatAdministrators', { chat_id: ada.id })).description).toBe(
    'Bad Request: there are no administrators in the private chat',
  )
})

test('a group from which the bot was removed, that was deleted or never had it, answers accordingly', async () => {
  const { emulator, bot, ada, call } = await startScene()
  const send = (chat: number | string) => call('sendMessage', { chat_id: chat, text: 'x' })
  const group = (kind: 'group' | 'supergroup' | 'channel', username = '') =>
    Number(emulator.groups.create({ title: 'G', kind, creator: ada.id, username }).chat.chat)

  const basic = group('group')
  expect((await send(basic)).description).toBe('Bad Request: chat not found')
  emulator.groups.add(String(basic), { member: bot.id, by: ada.id })
  expect((await send(basic)).status).toBe(200)
  emulator.groups.kick(String(basic), { member: bot.id, by: ada.id })
  expect(await send(basic)).toMatchObject({
    status: 403,
    description: 'Forbidden: bot was kicked from the group chat',
  })

  const big = group('supergroup')
  emulator.groups.add(String(big), { member: bot.id, by: ada.id })
  expect((await call('leaveChat', { chat_id: big })).result).toBe(true)
  expect(await send(big)).toMatchObject({
    status: 403,
    description: 'Forbidden: bot is not a member of the supergroup chat',
  })
  emulator.groups.kick(String(big), { member: bot.id, by: ada.id })
  expect(await send(big)).toMatchObject({
    status: 403,
    description: 'Forbidden: bot was kicked from the supergroup chat',
  })
  expect(await call('getChat', { chat_id: big })).toMatchObject({ status: 403 })

  const open = group('channel', 'news')
  expect(await send('@News')).toMatchObject({
    status: 403,
    description: 'Forbidden: bot is not a member of the channel chat',
  })
  emulator.groups.add(String(open), { member: bot.id, by: ada.id })
  expect((await send('@news')).description).toBe('Bad Request: need administrator rights in the channel chat')
  emulator.groups.add(String(open), { member: bot.id, by: ada.id, status: 'administrator' })
  expect((await send('@news')).result).toMatchObject({
    sender_chat: { id: open, type: 'channel', username: 'news' },
  })

  const gone = group('group')
  emulator.groups.add(String(gone), { member: bot.id, by: ada.id })
  emulator.groups.delete(String(gone))
  expect(await send(gone)).toMatchObject({
    status: 403,
    description: 'Forbidden: the group chat was deleted',
  })
})

test('a group that became a supergroup names its new id, and both chats say so in a message', async () => {
  const { emulator, bot, ada, call } = await startScene()
  emulator.groups.create({ title: 'G', creator: ada.id })
  emulator.groups.add('-4001', { member: bot.id, by: ada.id })
  await call('getUpdates', { offset: -1 })
  const { chat } = emulator.groups.migrate('-4001')
  expect(await call('sendMessage', { chat_id: -4001, text: 'x' })).toMatchObject({
    status: 400,
    description: 'Bad Request: group chat was upgraded to a supergroup chat',
    parameters: { migrate_to_chat_id: chat.chat_id },
  })
  expect((await call('sendMessage', { chat_id: chat.chat_id, text: 'x' })).status).toBe(200)
  const updates: { message: Record<string, unknown> }[] = (await call('getUpdates')).result
  const messages = updates.map(({ message }) => message)
  expect(messages.find((message) => 'migrate_to_chat_id' in message)?.['migrate_to_chat_id']).toBe(
    chat.chat_id,
  )
  expect(messages.find((message) => 'migrate_from_chat_id' in message)?.['migrate_from_chat_id']).toBe(-4001)
})

test.each([
  [
    { can_send_messages: false },
    'sendMessage',
    { text: 'x' },
    'not enough rights to send text messages to the chat',
  ],
  [
    { can_send_photos: false },
    'sendPhoto',
    { photo: 'https://x.example/a.jpg' },
    'not enough rights to send photos to the chat',
  ],
  [
    { can_send_audios: false },
    'sendAudio',
    { audio: 'https://x.example/a.mp3' },
    'not enough rights to send music to the chat',
  ],
])('where members have the rights %j, %s of %j is refused', async (rights, method, parameters, detail) => {
  const { emulator, bot, ada, call } = await startScene()
  emulator.groups.create({ title: 'G', creator: ada.id })
  emulator.groups.add('-4001', { member: bot.id, by: ada.id })
  emulator.groups.setRights('-4001', rights)
  expect((await call(method, { chat_id: -4001, ...parameters })).description).toBe(`Bad Request: ${detail}`)
})

test('a chat action is seen by the phone and refused when it is unknown or unwanted', async () => {
  const { emulator, bot, ada, call } = await startScene()
  const seen: unknown[] = []
  emulator.subscribe(({ event, data }) => event === 'action' && seen.push(data))
  expect((await call('sendChatAction', { chat_id: ada.id, action: 'typing' })).result).toBe(true)
  expect(seen).toEqual([{ chat: `${bot.id}:${ada.id}`, bot_id: bot.id, action: 'typing' }])
  expect((await call('sendChatAction', { chat_id: ada.id, action: 'dance' })).description).toBe(
    'Bad Request: wrong parameter action in request',
  )
  emulator.people.stop(ada.id, { bot: bot.id })
  expect((await call('sendChatAction', { chat_id: ada.id, action: 'typing' })).status).toBe(403)
})

test('a keyboard that asks for a phone number is for private chats', async () => {
  const { emulator, bot, ada, call } = await startScene()
  emulator.groups.create({ title: 'G', creator: ada.id })
  emulator.groups.add('-4001', { member: bot.id, by: ada.id })
  const markup = { keyboard: [[{ text: 'me', request_contact: true }]] }
  expect((await call('sendMessage', { chat_id: -4001, text: 'x', reply_markup: markup })).description).toBe(
    'Bad Request: phone number can be requested in private chats only',
  )
})
