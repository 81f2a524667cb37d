import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { createClock } from '../clock.ts'
import { createEngine } from '../engine.ts'
import type { Engine } from '../engine.ts'
import type { Emulator } from '../emulator.ts'
import { createRandom } from '../random.ts'
import { callBot } from '../testing/call-bot.ts'
import { startEmulator } from '../testing/start-emulator.ts'
import { startWebhookReceiver } from '../testing/webhook-receiver.ts'
import { loadWorld } from './load-world.ts'
import { saveWorld } from './save-world.ts'
import { readStateFile, writeStateFile } from './state-file.ts'

function makeStateFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'emulator-state-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'deeper', 'state.json')
}

/** Everything a phone or a test can see of chats and accounts. */
function view({ bots, people, chats }: Emulator): object {
  const transcripts = chats.list().map(({ chat }) => chats.messages(chat, { limit: 1000 }))
  return { bots: bots.list(), people: people.list(), chats: chats.list(), transcripts }
}

test('the next start has the same people, bots, chats and messages', async () => {
  const stateFile = makeStateFile()
  const first = await startEmulator({ stateFile })
  const bot = first.bots.add({ username: 'shop_bot', name: 'Shop' })
  const revoked = first.bots.add()
  first.bots.revoke(revoked.id, null)
  const ada = first.people.add({ first_name: 'Ada', username: 'ada', language_code: 'it' })
  const bob = first.people.add({ first_name: 'Bob' })
  const eve = first.people.add({ first_name: 'Eve' })
  const call = (method: string, parameters?: Record<string, unknown>) =>
    callBot(first.url, bot.token, { method, parameters })
  const { message } = first.people.start(ada.id, { bot: bot.id, parameter: 'abc' })
  first.people.openLink(bob.id, { link: 'https://t.me/shop_bot?start=waiting' })
  first.people.start(eve.id, { bot: bot.id })
  first.people.stop(eve.id, { bot: bot.id })
  first.people.deactivate(eve.id)
  const hello = await call('sendMessage', {
    chat_id: ada.id,
    text: '<b>Hello</b> 🧺',
    parse_mode: 'HTML',
    reply_parameters: { message_id: message.message_id },
    reply_markup: { inline_keyboard: [[{ text: 'Yes', callback_data: 'y' }]] },
  })
  const photo = await call('sendPhoto', { chat_id: ada.id, photo: 'https://shop.example/a.jpg' })
  await call('sendMessage', {
    chat_id: ada.id,
    text: 'Your number?',
    reply_markup: { keyboard: [[{ text: 'Share', request_contact: true }]] },
  })
  await call('setMyCommands', { commands: [{ command: 'help', description: 'Help' }] })
  const { chat: group } = first.groups.create({ title: 'Team', creator: ada.id, members: [bob.id, bot.id] })
  await call('sendMessage', { chat_id: group.chat_id, text: 'To all' })
  first.groups.migrate(group.chat)
  const last = await call('sendMessage', { chat_id: ada.id, text: 'Last' })
  const before = view(first)
  await first.close()

  const second = await startEmulator({ stateFile })
  expect(view(second)).toEqual(before)
  // Numbers go on where they stopped, and what a bot knows of the past is still so.
  const again = (method: string, parameters: Record<string, unknown>) =>
    callBot(second.url, bot.token, { method, parameters })
  const next = await again('sendMessage', { chat_id: ada.id, text: 'Next' })
  expect(next.result).toMatchObject({ message_id: last.result.message_id + 1 })
  const fileId = photo.result.photo.at(-1).file_id
  expect(await again('sendPhoto', { chat_id: ada.id, photo: fileId })).toMatchObject({ ok: true })
  const edit = { chat_id: ada.id, message_id: hello.result.message_id, text: 'Good-bye' }
  expect(await again('editMessageText', edit)).toMatchObject({ ok: true })
  expect(await callBot(second.url, revoked.token, { method: 'getMe' })).toMatchObject({ errorCode: 401 })
})

test('what waited for a bot waits again, under the same numbers, and new updates follow', async () => {
  const stateFile = makeStateFile()
  const first = await startEmulator({ stateFile })
  const bot = first.bots.add()
  const ada = first.people.add()
  first.people.start(ada.id, { bot: bot.id })
  const read = async (url: string, parameters = {}): Promise<Record<string, unknown>[]> =>
    Object((await callBot(url, bot.token, { method: 'getUpdates', parameters })).result)
  const [waiting] = await read(first.url, { allowed_updates: ['message'] })
  await first.close()

  const second = await startEmulator({ stateFile })
  second.people.send(ada.id, { chat: `${bot.id}:${ada.id}`, text: 'still there?' })
  second.people.stop(ada.id, { bot: bot.id })
  const updates = await read(second.url)
  expect(updates).toHaveLength(2)
  expect(updates[0]).toEqual(waiting)
  expect(updates[1]).toMatchObject({ update_id: Number(waiting?.['update_id']) + 1, message: {} })
})

test('a webhook is set again, and gets what it had not taken', async () => {
  const stateFile = makeStateFile()
  const receiver = await startWebhookReceiver()
  const first = await startEmulator({ stateFile })
  const bot = first.bots.add()
  const ada = first.people.add()
  const parameters = { url: receiver.url, secret_token: 'hush' }
  await callBot(first.url, bot.token, { method: 'setWebhook', parameters })
  first.people.start(ada.id, { bot: bot.id })
  const untaken = await receiver.next()
  await first.close()

  const second = await startEmulator({ stateFile })
  const { request, response, update } = await receiver.next()
  expect(request.headers).toMatchObject({ 'x-telegram-bot-api-secret-token': 'hush' })
  expect(update).toEqual(untaken.update)
  response.end()
  await expect.poll(() => second.bots.get(bot.id).pending_updates).toBe(0)
})

test.each([
  ['cut off', (text: string) => text.slice(0, -40)],
  ['changed by hand', (text: string) => text.replace('"firstName":"Ada"', '"firstName":7')],
  ['no state at all', () => '{}'],
  ['empty', () => ''],
])('a file that is %s is put aside, and said', async (_name, spoil) => {
  const stateFile = makeStateFile()
  const first = await startEmulator({ stateFile })
  first.people.add({ first_name: 'Ada' })
  await first.close()
  const spoilt = spoil(readFileSync(stateFile, 'utf8'))
  writeFileSync(stateFile, spoilt)

  const said: string[] = []
  const second = await startEmulator({ stateFile, say: (line) => said.push(line) })
  expect(second.people.list()).toEqual([])
  expect(said).toEqual([expect.stringContaining(`${stateFile}.broken`)])
  expect(readFileSync(`${stateFile}.broken`, 'utf8')).toBe(spoilt)
})

test('a file that cannot be written is said, and the emulator goes on', async () => {
  const stateFile = makeStateFile()
  const said: string[] = []
  const emulator = await startEmulator({ stateFile, say: (line) => said.push(line) })
  // A file where its folder should be.
  writeFileSync(join(stateFile, '../..', 'deeper'), '')
  emulator.people.add()
  await expect.poll(() => said, { timeout: 5_000 }).toEqual([expect.stringContaining(stateFile)])
  expect((await fetch(`${emulator.url}/emulator`)).status).toBe(200)
})

function createTestEngine(): Engine {
  return createEngine({ clock: createClock(() => 0), random: createRandom(1), settings: {} })
}

type Act = (engine: Engine, pick: { bot: number; person: number; message: number }) => void

const ACTS: Act[] = [
  ({ botAccounts }) => botAccounts.add({}),
  ({ personAccounts }) => personAccounts.add({}),
  ...([
    (engine, { bot, person }) => engine.acts.start(personAt(engine, person), botAt(engine, bot), 'x'),
    (engine, { bot, person }) => engine.acts.openChat(personAt(engine, person), botAt(engine, bot), 'y'),
    (engine, { bot, person }) => engine.acts.block(personAt(engine, person), botAt(engine, bot)),
    (engine, { bot, person }) => engine.acts.unblock(personAt(engine, person), botAt(engine, bot)),
    ({ book }, { message }) => {
      const found = book.find(message)
      if (found !== undefined) book.remove(found)
    },
    ({ book, acts }, { message }) => {
      const chat = book.find(message)?.chat
      if (chat !== undefined) acts.clearChat(chat)
    },
    (engine, { person }) =>
      engine.groups.create({
        title: 'T',
        kind: 'group',
        creator: personAt(engine, person),
        username: '',
      }),
    (engine, { bot, person }) => {
      const group = [...engine.world.groups.values()].find((each) => each.migratedTo === undefined)
      const by = personAt(engine, person)
      if (group !== undefined) engine.groups.add(group, { member: botAt(engine, bot), by, status: 'member' })
    },
    ({ world, groups }) => {
      const group = [...world.groups.values()].find(
        (each) => each.kind === 'group' && each.migratedTo === undefined,
      )
      if (group !== undefined) groups.migrate(group)
    },
  ] satisfies Act[]),
]

function botAt({ world, botAccounts }: Engine, at: number) {
  return [...world.bots.values()][at % Math.max(1, world.bots.size)] ?? botAccounts.add({})
}

function personAt({ world, personAccounts }: Engine, at: number) {
  return [...world.people.values()][at % Math.max(1, world.people.size)] ?? personAccounts.add({})
}

test('whatever happened, the world that is loaded is the world that was saved', () => {
  const file = makeStateFile()
  const step = fc.record({
    act: fc.nat(ACTS.length - 1),
    bot: fc.nat(3),
    person: fc.nat(3),
    message: fc.nat(30),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const engine = createTestEngine()
      for (const { act, ...pick } of steps) ACTS[act]?.(engine, pick)
      writeStateFile(file, saveWorld(engine))
      const saved = readStateFile(file, (line) => expect.fail(line))
      if (saved === undefined) return expect.fail('the file was not read')
      const loaded = createTestEngine()
      loadWorld(loaded, saved)
      expect(JSON.parse(JSON.stringify(saveWorld(loaded)))).toEqual(saved)
      engine.clock.stop()
      loaded.clock.stop()
    }),
    { numRuns: 50 },
  )
})
