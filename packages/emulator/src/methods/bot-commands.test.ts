import { expect, test } from 'vitest'
import { startScene } from '../testing/start-emulator.ts'

const command = (name: string, description = 'does it') => [{ command: name, description }]

test('commands are kept by scope and language, and shown on the phone', async () => {
  const { emulator, bot, ada, call } = await startScene()
  await call('setMyCommands', { commands: [{ command: ' /start ', description: ' begin ' }] })
  await call('setMyCommands', { commands: command('iniziare'), language_code: 'it' })
  await call('setMyCommands', { commands: command('vip'), scope: { type: 'chat', chat_id: ada.id } })
  expect((await call('getMyCommands')).result).toEqual([{ command: 'start', description: 'begin' }])
  expect((await call('getMyCommands', { language_code: 'it' })).result).toEqual(command('iniziare'))
  expect((await call('getMyCommands', { scope: { type: 'chat', chat_id: String(ada.id) } })).result).toEqual(
    command('vip'),
  )
  expect((await call('getMyCommands', { scope: { type: 'all_group_chats' } })).result).toEqual([])
  expect(emulator.bots.get(bot.id).commands).toEqual([{ command: 'start', description: 'begin' }])
  await call('deleteMyCommands')
  expect((await call('getMyCommands')).result).toEqual([])
})

test.each([
  [{ commands: command('/') }, 'command must be non-empty'],
  [{ commands: command('x'.repeat(33)) }, 'command length must not exceed 32'],
  [{ commands: command('start', ' ') }, 'command description must be non-empty'],
  [{ commands: command('start', 'x'.repeat(257)) }, 'command description length must not exceed 256'],
  [{ commands: command('Start') }, 'BOT_COMMAND_INVALID'],
  [{ commands: Array.from({ length: 101 }, () => command('a')[0]) }, 'BOT_COMMANDS_TOO_MUCH'],
  [{ commands: '{' }, "can't parse commands JSON object"],
  [{ commands: {} }, 'expected an Array of BotCommand'],
  [{ commands: [{}] }, 'can\'t parse BotCommand: Can\'t find field "command"'],
  [{ commands: [], scope: { type: 'moon' } }, "can't parse BotCommandScope: Unsupported type specified"],
  [{ commands: [], scope: { type: 'chat' } }, 'can\'t parse BotCommandScope: Can\'t find field "chat_id"'],
  [{ commands: [], scope: { type: 'chat', chat_id: 99 } }, 'chat not found'],
])('setMyCommands with %j is refused: %s', async (parameters, detail) => {
  const { call } = await startScene()
  expect(await call('setMyCommands', parameters)).toMatchObject({
    status: 400,
    description: `Bad Request: ${detail}`,
  })
})

test('name and descriptions are set and read, those of single languages only accepted', async () => {
  const { call } = await startScene()
  await call('setMyName', { name: 'New name' })
  await call('setMyName', { name: 'Altro', language_code: 'it' })
  await call('setMyDescription', { description: 'What it does' })
  await call('setMyShortDescription', { short_description: 'Short' })
  expect((await call('getMe')).result.first_name).toBe('New name')
  expect((await call('getMyDescription')).result).toEqual({ description: 'What it does' })
  expect((await call('getMyShortDescription')).result).toEqual({ short_description: 'Short' })
})

test('a closed bot comes back with its next call, a logged-out one after ten minutes', async () => {
  const { emulator, call } = await startScene()
  expect((await call('close')).result).toBe(true)
  expect((await call('close')).description).toBe('Bad Request: the bot has already been closed')
  expect((await call('getMe')).status).toBe(200)
  expect((await call('logOut')).result).toBe(true)
  expect(await call('getMe')).toMatchObject({ status: 400, description: 'Logged out' })
  emulator.advance(10 * 60 * 1000)
  expect((await call('getMe')).status).toBe(200)
})
