import { expect, test } from 'vitest'
import { startScene } from '../testing/start-emulator.ts'
import { takeUpdates } from '../testing/take-updates.ts'

test('a group link brings the bot into the group and starts it there', async () => {
  const scene = await startScene()
  const { emulator, bot, ada } = scene
  await takeUpdates(scene)
  emulator.groups.create({ title: 'VIP', creator: ada.id })
  emulator.people.openLink(ada.id, { link: 'https://t.me/shop_bot?startgroup=vip', chat: '-4001' })
  const updates = await takeUpdates(scene)
  expect(updates).toMatchObject([
    {
      my_chat_member: {
        chat: { id: -4001 },
        old_chat_member: { status: 'left' },
        new_chat_member: { status: 'member' },
      },
    },
    { message: { new_chat_members: [{ id: bot.id }], new_chat_member: { id: bot.id } } },
    { message: { text: '/start@shop_bot vip', chat: { id: -4001, type: 'group', title: 'VIP' } } },
  ])
})

test('in privacy mode a bot hears commands, replies and service messages, not talk', async () => {
  const scene = await startScene()
  const { emulator, bot, ada, call } = scene
  emulator.groups.create({ title: 'G', creator: ada.id })
  emulator.groups.add('-4001', { member: bot.id, by: ada.id })
  const sent = await call('sendMessage', { chat_id: -4001, text: 'hello group' })
  await takeUpdates(scene)
  const { key } = emulator.chats.messages('-4001').messages.at(-1)!
  const say = (text: string, replyTo?: number) =>
    emulator.people.send(ada.id, { chat: '-4001', text, ...(replyTo !== undefined && { reply_to: replyTo }) })
  say('STOP')
  say('/help')
  say('/help@shop_bot')
  say('/help@other_bot')
  say('yes', key)
  const heard = await takeUpdates(scene)
  expect(heard.map((update: { message: { text: string } }) => update.message.text)).toEqual([
    '/help',
    '/help@shop_bot',
    'yes',
  ])
  expect(heard.at(-1).message.reply_to_message.message_id).toBe(sent.result.message_id)

  emulator.bots.change(bot.id, { reads_all_group_messages: true })
  say('now you hear me')
  expect(await takeUpdates(scene)).toHaveLength(1)
})

test('in a basic group every bot numbers the messages for itself', async () => {
  const scene = await startScene()
  const { emulator, bot, ada, call } = scene
  const second = emulator.bots.add({ username: 'second_bot' })
  emulator.groups.create({ title: 'G', creator: ada.id })
  emulator.groups.add('-4001', { member: bot.id, by: ada.id })
  emulator.groups.add('-4001', { member: second.id, by: ada.id })
  await call('sendMessage', { chat_id: ada.id, text: 'in private' })
  const { callBot } = await import('../testing/call-bot.ts')
  const own = await call('sendMessage', { chat_id: -4001, text: 'from the first' })
  const other = await callBot(emulator.url, second.token, {
    method: 'sendMessage',
    parameters: { chat_id: -4001, text: 'x' },
  })
  expect(own.result.message_id).toBe(5)
  expect(other.result.message_id).toBe(3)
  const edit = { chat_id: -4001, message_id: own.result.message_id, text: 'edited' }
  expect((await call('editMessageText', edit)).status).toBe(200)
})
