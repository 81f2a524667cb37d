import { findMessageTrail } from '@postino/database'
import { callbackDataFor } from '@postino/domain'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createBotScene, type BotScene } from './bot-under-test.ts'
import { queue } from './database-under-test.ts'
import { updatesOf } from './telegram-updates.ts'

const databaseUrl = await createTestDatabase()

/** Somebody who is registered, with a message that has a button. */
async function createPerson(scene: BotScene, externalId: string) {
  const phone = scene.addPhone()
  phone.start(await scene.addLink(await scene.addContact(externalId)))
  await phone.next()
  const bot = { shopId: scene.shopId, botId: scene.bot.rowId }
  const [messageId = ''] = await queue(scene.database, bot, [{ recipient: externalId }])
  const buttons = [[{ text: 'I come', callbackData: callbackDataFor(messageId, 'confirm') }]]
  const content = JSON.stringify({ html: 'Your appointment', silent: false, buttons })
  await sql`update messages set content = ${content}::jsonb where id = ${messageId}`.execute(scene.database)
  return { phone, messageId }
}

async function createScene() {
  const scene = await createBotScene({ databaseUrl })
  const process = await scene.serve('webhook')
  return { scene, process, ...(await createPerson(scene, 'ada')) }
}

/** Of another shop. */
async function createForeignMessage(): Promise<string> {
  const scene = await createBotScene({ databaseUrl })
  await scene.serve('webhook')
  return (await createPerson(scene, 'cleo')).messageId
}

async function pressesOf({ database, shopId }: BotScene, messageId: string) {
  return (await findMessageTrail(database, shopId, messageId))?.presses.map(({ action }) => action)
}

function answersOf({ emulator }: BotScene) {
  return emulator.requests().requests.filter(({ method }) => method === 'answerCallbackQuery')
}

test('a press on a button of a message is in its trail once, however often Telegram tells of it', async () => {
  const { scene, process, phone, messageId } = await createScene()
  const update = updatesOf(phone.person).tapped(7, callbackDataFor(messageId, 'confirm'))
  expect(await process.deliver(update)).toBe(200)
  expect(await process.deliver(update)).toBe(200)
  expect(await pressesOf(scene, messageId)).toEqual(['confirm'])
  // Pressed again, it is another press.
  expect(await process.deliver({ ...update, update_id: 8 })).toBe(200)
  expect(await pressesOf(scene, messageId)).toEqual(['confirm', 'confirm'])
})

test('what is made up is noted nowhere, but answered', async () => {
  const { scene, process, phone, messageId } = await createScene()
  const other = await createPerson(scene, 'ben')
  const foreign = await createForeignMessage()
  const { tapped } = updatesOf(phone.person)
  const madeUp = [
    callbackDataFor(messageId, 'something_else'),
    callbackDataFor(other.messageId, 'confirm'),
    callbackDataFor(foreign, 'confirm'),
    callbackDataFor('9223372036854775807', 'confirm'),
    'a:1:',
    `a:${messageId}:CONFIRM`,
    'a:99999999999999999999:confirm',
  ]
  for (const [index, data] of madeUp.entries())
    expect(await process.deliver(tapped(20 + index, data))).toBe(200)
  const { count } = await scene.database
    .selectFrom('button_presses')
    .select((table) => table.fn.countAll().as('count'))
    .where('bot_id', '=', scene.bot.rowId)
    .executeTakeFirstOrThrow()
  expect({ count, answers: answersOf(scene).length }).toEqual({ count: '0', answers: madeUp.length })
})

test('a press in a group counts for the group’s message', async () => {
  const { scene, process, phone, messageId } = await createScene()
  const chat = { id: -4_001, type: 'group', title: 'Order desk' }
  await sql`update messages set chat_id = ${chat.id} where id = ${messageId}`.execute(scene.database)
  const { tapped } = updatesOf(phone.person)
  const data = callbackDataFor(messageId, 'confirm')
  expect(await process.deliver(tapped(40, data))).toBe(200)
  expect(await pressesOf(scene, messageId)).toEqual([])
  expect(await process.deliver(tapped(41, data, { chat }))).toBe(200)
  expect(await pressesOf(scene, messageId)).toEqual(['confirm'])
})

test('the phone says that the press has arrived', async () => {
  const { scene, phone, messageId } = await createScene()
  const body = {
    chat_id: phone.person.id,
    text: 'Your appointment',
    reply_markup: {
      inline_keyboard: [[{ text: 'I come', callback_data: callbackDataFor(messageId, 'confirm') }]],
    },
  }
  const headers = { 'content-type': 'application/json' }
  const url = `${scene.emulator.url}/bot${scene.bot.token}/sendMessage`
  await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(await phone.press('I come')).toEqual({ text: 'Noted, thank you.', isAlert: false })
  expect(await pressesOf(scene, messageId)).toEqual(['confirm'])
})
