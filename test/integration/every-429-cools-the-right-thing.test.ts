import { coolBot, coolChat } from '@postino/database'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { REPLY_PACE } from '@postino/bot/bot/reply-pace.ts'
import { createTestDatabase } from '../support/create-test-database.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createBotScene, type BotScene, type Mode } from './bot-under-test.ts'

const databaseUrl = await createTestDatabase()

/** Refuses the next call of this method. */
function refuse({ emulator }: BotScene, method: string, retryAfterSeconds: number): void {
  const fault = { kind: 'error', code: 429, retry_after: retryAfterSeconds } as const
  emulator.faults.add({ match: { method }, fault, count: 1 })
}

/** For how many seconds the bot and its chat must be silent by Postgres, which the sender asks; 0 when they need not. */
async function silenceOf({ database, bot }: BotScene): Promise<{ bot: number; chat: number }> {
  const nowMs = Date.now()
  const left = (row: { until: Date | null } | undefined) =>
    Math.max(0, Math.round(((row?.until?.getTime() ?? nowMs) - nowMs) / 1_000))
  const [ofBot, ofChat] = await Promise.all([
    database
      .selectFrom('bots')
      .select('cooling_until as until')
      .where('id', '=', bot.rowId)
      .executeTakeFirst(),
    database
      .selectFrom('registrations')
      .select('cooling_until as until')
      .where('bot_id', '=', bot.rowId)
      .where('cooling_until', 'is not', null)
      .executeTakeFirst(),
  ])
  return { bot: left(ofBot), chat: left(ofChat) }
}

async function createRegisteredPerson(scene: BotScene) {
  const phone = scene.addPhone()
  phone.start(await scene.addLink(await scene.addContact(`ada-${scene.bot.rowId}`)))
  const question = await phone.next()
  return { phone, question }
}

describe.each<[method: string, mode: Mode]>([
  ['setWebhook', 'webhook'],
  ['setMyCommands', 'webhook'],
  ['deleteWebhook', 'polling'],
  ['getUpdates', 'polling'],
])('%s refused', (method, mode) => {
  test('silences the bot, in every process and for the sender', async () => {
    const scene = await createBotScene({ databaseUrl })
    refuse(scene, method, 30)
    const process = await scene.serve(mode)
    await waitUntil(async () => (await silenceOf(scene)).bot >= 28)
    await process.close()
    expect(await silenceOf(scene)).toMatchObject({ chat: 0 })
  })
})

test('an answer to a pressed button refused silences the bot', async () => {
  const scene = await createBotScene({ databaseUrl })
  await scene.serve('webhook')
  const { phone, question } = await createRegisteredPerson(scene)
  refuse(scene, 'answerCallbackQuery', 30)
  phone.forge(question, 'something else')
  await waitUntil(async () => (await silenceOf(scene)).bot >= 28)
})

test.each([
  ['sendMessage', 120, 120],
  ['sendMessage', 14_400, 14_400],
  ['sendMessage', 2_000_000_000, 2_000_000_000],
])('%s refused for %s seconds silences its chat and no other', async (method, retryAfter, seconds) => {
  const scene = await createBotScene({ databaseUrl })
  await scene.serve('webhook')
  const { phone } = await createRegisteredPerson(scene)
  refuse(scene, method, retryAfter)
  phone.send('/help')
  await waitUntil(async () => (await silenceOf(scene)).chat >= seconds - 3)
  expect(await silenceOf(scene)).toMatchObject({ bot: 0 })
  const other = scene.addPhone()
  other.start()
  expect(await other.nextText()).toContain('would like to write to you')
})

test.each([
  ['said in words only', 'Too Many Requests: retry after 120', 120],
  // What a server asks for that lost the request in a restart.
  ['not said at all', 'Too Many Requests', 5],
])('a wait that is %s silences the chat all the same', async (_what, description, seconds) => {
  const scene = await createBotScene({ databaseUrl })
  await scene.serve('webhook')
  const { phone } = await createRegisteredPerson(scene)
  const body = JSON.stringify({ ok: false, error_code: 429, description })
  const fault = { kind: 'raw', status: 429, content_type: 'application/json', body } as const
  scene.emulator.faults.add({ match: { method: 'sendMessage' }, fault, count: 1 })
  phone.send('/help')
  await waitUntil(async () => (await silenceOf(scene)).chat >= seconds - 3)
})

test('an edit refused silences its chat', async () => {
  const scene = await createBotScene({ databaseUrl })
  await scene.serve('webhook')
  const { phone, question } = await createRegisteredPerson(scene)
  refuse(scene, 'editMessageText', 120)
  phone.forge(question, question.inline_keyboard?.[0]?.[0]?.callback_data ?? '')
  await waitUntil(async () => (await silenceOf(scene)).chat >= 118)
  expect(await silenceOf(scene)).toMatchObject({ bot: 0 })
})

test('refused for 0 seconds, a person is answered a second later', async () => {
  const scene = await createBotScene({ databaseUrl })
  await scene.serve('webhook')
  const { phone } = await createRegisteredPerson(scene)
  refuse(scene, 'sendMessage', 0)
  scene.emulator.clearReport()
  phone.send('/help')
  expect(await phone.nextText()).toContain('This bot brings')
  const [refused, answered] = scene.emulator
    .requests()
    .requests.filter(({ method }) => method === 'sendMessage')
    .map(({ at_ms: atMs }) => atMs)
  expect(Number(answered) - Number(refused)).toBeGreaterThanOrEqual(1_000)
})

test('what the sender was told holds for the very next answer', async () => {
  const scene = await createBotScene({ databaseUrl })
  const { database, shopId, bot } = scene
  await scene.serve('webhook', REPLY_PACE)
  const { phone } = await createRegisteredPerson(scene)
  scene.emulator.clearReport()
  const begunMs = Date.now()
  await coolChat(database, shopId, { botId: bot.rowId, chatId: phone.person.id, retryAfterSeconds: 2 })
  await coolBot(database, shopId, { botId: bot.rowId, retryAfterSeconds: 1 })
  phone.send('/help')
  const other = scene.addPhone()
  other.start()
  await Promise.all([phone.next(), other.next()])
  const calls = scene.emulator.requests().requests.filter(({ method }) => method === 'sendMessage')
  const firstMs = (id: number) =>
    Math.min(...calls.filter((call) => call.chat_id === String(id)).map(({ at_ms: atMs }) => atMs)) - begunMs
  expect(firstMs(other.person.id)).toBeGreaterThanOrEqual(1_000)
  expect(firstMs(phone.person.id)).toBeGreaterThanOrEqual(2_000)
})

test('an answer that finds no slot, as Postgres does not give it, is said as soon as it does', async () => {
  const scene = await createBotScene()
  const process = await scene.serve('webhook', REPLY_PACE)
  const phone = scene.addPhone()
  await sql`alter table bots rename column next_reply_at to gone`.execute(scene.database)
  phone.start()
  await waitUntil(() => process.log().some(({ msg }) => msg === 'bot.no_reply_slot'))
  expect(phone.heard()).toEqual([])
  await sql`alter table bots rename column gone to next_reply_at`.execute(scene.database)
  expect(await phone.nextText()).toContain('would like to write to you')
})
