import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createBotScene } from './bot-under-test.ts'

const databaseUrl = await createTestDatabase()

test('in a group the bot neither binds nor asks, stops or tells anything', async () => {
  const scene = await createBotScene({ databaseUrl })
  const { emulator, bot } = scene
  const process = await scene.serve('webhook')
  emulator.bots.change(bot.id, { reads_all_group_messages: true })
  const contactId = await scene.addContact('ada')
  const token = await scene.addLink(contactId)
  const { person } = scene.addPhone()
  const group = emulator.groups.create({ title: 'Friends', creator: person.id }).chat.chat

  // As from a startgroup link, and then whatever the bot may see there.
  emulator.groups.add(group, { member: bot.id, by: person.id, parameter: token })
  const commands = ['start', 'settings', 'groups', 'stop', 'end', 'help', 'privacy'].map(
    (name) => `/${name}@${bot.username}`,
  )
  for (const text of [...commands, 'STOP', 'start vip', 'hello'])
    emulator.people.send(person.id, { chat: group, text })
  emulator.people.send(person.id, { chat: group, text: `/start@${bot.username} ${token}` })
  emulator.groups.kick(group, { member: bot.id, by: person.id })
  await waitUntil(() => emulator.bots.get(bot.id).pending_updates === 0)
  await process.close()

  const { messages } = emulator.chats.messages(group)
  expect(messages.filter(({ from, service }) => from.is_bot && service === undefined)).toEqual([])
  expect(await scene.registrationsOf(contactId)).toEqual([])
  expect(await scene.contacts()).toHaveLength(1)
  // The link was not used up either: it is still good in the person's own chat.
  const links = await scene.database
    .selectFrom('optin_links')
    .select('used_at')
    .where('shop_id', '=', scene.shopId)
    .execute()
  expect(links).toEqual([{ used_at: null }])
  expect(await process.metrics()).not.toContain('outcome="failed"')
})

test('other kinds of update are taken and have no effect', async () => {
  const scene = await createBotScene({ databaseUrl })
  const process = await scene.serve('webhook')
  const post = { message_id: 1, date: 1, chat: { id: -1001, type: 'channel', title: 'News' }, text: '/start' }
  const updates = [
    { channel_post: post },
    { edited_message: { ...post, chat: { id: 501, type: 'private', first_name: 'Ada' }, edit_date: 2 } },
    { inline_query: { id: '1', from: { id: 501, is_bot: false, first_name: 'Ada' }, query: '', offset: '' } },
    { poll: { id: '1' } },
    { chat_boost: null },
    { invented_in_2030: { nested: [{}] } },
    {},
  ]
  for (const [index, update] of updates.entries()) {
    expect(await process.deliver({ update_id: index + 1, ...update })).toBe(200)
  }
  expect(
    await scene.database
      .selectFrom('registrations')
      .selectAll()
      .where('shop_id', '=', scene.shopId)
      .execute(),
  ).toEqual([])
  const calls = scene.emulator.requests().requests.map(({ method }) => method)
  expect(calls.filter((method) => !['setWebhook', 'setMyCommands'].includes(method))).toEqual([])
})
