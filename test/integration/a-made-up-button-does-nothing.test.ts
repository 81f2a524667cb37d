import { wordingFor, wordingHash, type Purpose } from '@postino/domain'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createBotScene } from './bot-under-test.ts'
import { updatesOf } from './telegram-updates.ts'

const databaseUrl = await createTestDatabase()

function grant(purpose: Purpose): string {
  return `consent:grant:${purpose}:en:${wordingHash(wordingFor(purpose, 'en')).slice(0, 12)}`
}

async function createAskedPerson() {
  const scene = await createBotScene({ databaseUrl })
  const contactId = await scene.addContact('ada')
  const phone = scene.addPhone()
  const process = await scene.serve('webhook')
  phone.start(await scene.addLink(contactId, { purposes: ['order_updates', 'messages'] }))
  const question = await phone.next()
  return { scene, contactId, phone, process, question }
}

test.each([
  ['a purpose that was not offered', grant('marketing')],
  ['a purpose that was not offered and is not on', 'consent:withdraw:marketing'],
  ['no purpose at all', 'consent:grant:everything:en:0123456789ab'],
  ['words nobody was shown', 'consent:grant:messages:en:0123456789ab'],
  ['no words', 'consent:grant:messages'],
  ['something else', 'x'.repeat(64)],
  ['nothing', ''],
])('%s is not granted, and nobody fails', async (_what, data) => {
  const { scene, contactId, phone, process } = await createAskedPerson()
  expect(await process.deliver(updatesOf(phone.person).tapped(1, data))).toBe(200)
  expect(await scene.ledgerOf(contactId)).toEqual([])
})

test('every press is answered, so that no button stays busy', async () => {
  const { scene, phone, question } = await createAskedPerson()
  phone.forge(question, 'something else')
  phone.send('/help')
  await phone.next()
  const methods = scene.emulator.requests().requests.map(({ method }) => method)
  expect(methods).toContain('answerCallbackQuery')
})

test('a screen of before /stop does nothing, and says so', async () => {
  const { scene, contactId, phone } = await createAskedPerson()
  phone.send('/stop')
  await phone.next()
  const before = await scene.ledgerOf(contactId)
  for (const button of ['⬜ My orders', 'Done']) {
    expect(await phone.press(button)).toEqual({ text: 'Please use /start first.', isAlert: true })
  }
  expect(await scene.ledgerOf(contactId)).toEqual(before)
})

test('a button pressed in another chat has no effect, whoever presses it', async () => {
  const { scene, contactId, phone, process } = await createAskedPerson()
  const { tapped } = updatesOf(phone.person)
  const group = { id: -4001, type: 'group', title: 'Friends' }
  expect(await process.deliver(tapped(1, grant('messages'), { chat: group }))).toBe(200)
  expect(await process.deliver(tapped(2, 'consent:done', { chat: group }))).toBe(200)
  const update = tapped(3, grant('messages'))
  const { message: _message, ...inline } = update.callback_query
  expect(await process.deliver({ ...update, callback_query: { ...inline, inline_message_id: 'x' } })).toBe(
    200,
  )
  expect(await scene.ledgerOf(contactId)).toEqual([])
  expect(scene.emulator.requests().requests.filter(({ chat_id: id }) => id === '-4001')).toEqual([])
})

test('somebody else’s press counts for nobody', async () => {
  const { scene, contactId, process } = await createAskedPerson()
  const stranger = scene.addPhone({ firstName: 'Mallory' })
  expect(await process.deliver(updatesOf(stranger.person).tapped(1, grant('messages')))).toBe(200)
  expect(await scene.ledgerOf(contactId)).toEqual([])
})
