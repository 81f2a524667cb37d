import { PURPOSES, wordingFor, wordingHash } from '@postino/domain'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createBotScene } from './bot-under-test.ts'
import { updatesOf } from './telegram-updates.ts'

const databaseUrl = await createTestDatabase()

async function createAskedPerson(language = 'it') {
  const scene = await createBotScene({ databaseUrl })
  const contactId = await scene.addContact('ada')
  const phone = scene.addPhone({ language })
  const process = await scene.serve('webhook')
  phone.start(await scene.addLink(contactId))
  const question = await phone.next()
  return { scene, contactId, phone, process, question }
}

test('[WEB-12] binding grants nothing', async () => {
  const { scene, contactId } = await createAskedPerson()
  expect(await scene.ledgerOf(contactId)).toEqual([])
  expect(await scene.registrationsOf(contactId)).toMatchObject([{ status: 'active' }])
  expect(await scene.consentOf(contactId)).toEqual({ granted: [], withdrawn: [] })
})

test('[CM-2, CM-5] a tap grants and a tap withdraws: two entries with the words shown and the update that proves them', async () => {
  const { scene, contactId, phone, question } = await createAskedPerson()
  const wording = wordingFor('order_updates', 'it')
  await phone.press(`⬜ ${wording.title}`)
  await waitUntil(async () => (await phone.screen()).buttons.includes(`✅ ${wording.title}`))
  expect(await scene.consentOf(contactId)).toEqual({ granted: ['order_updates'], withdrawn: [] })
  await phone.press(`✅ ${wording.title}`)

  const entry = {
    shop_id: scene.shopId,
    purpose: 'order_updates',
    wording_id: 'order_updates',
    wording_version: wording.version,
    wording_hash: wordingHash(wording),
    locale: 'it',
    source: 'bot_dialog',
    actor: 'contact',
    evidence: {
      bot_id: scene.bot.rowId,
      update_id: expect.any(Number),
      message_id: question.message_id,
      callback_query_id: expect.any(String),
    },
  }
  expect(await scene.ledgerOf(contactId)).toMatchObject([
    { ...entry, action: 'granted' },
    { ...entry, action: 'withdrawn' },
  ])
  expect(await scene.consentOf(contactId)).toEqual({ granted: [], withdrawn: ['order_updates'] })
})

test('all purposes can be granted, each by its own tap', async () => {
  const { scene, contactId, phone } = await createAskedPerson()
  const titles = PURPOSES.map((purpose) => wordingFor(purpose, 'it').title)
  for (const title of titles) await phone.press(`⬜ ${title}`)
  await waitUntil(async () => !(await phone.screen()).text.includes('⬜'))
  expect((await scene.ledgerOf(contactId)).map(({ purpose }) => purpose)).toEqual([...PURPOSES])
})

test('two taps on one switch before it is drawn anew are one decision', async () => {
  const { scene, contactId, phone, process, question } = await createAskedPerson()
  const tap = updatesOf(phone.person)
  const [button] = question.inline_keyboard!.flat()
  for (const updateId of [1, 2]) {
    expect(await process.deliver(tap.tapped(updateId, button!.callback_data!))).toBe(200)
  }
  expect(await scene.ledgerOf(contactId)).toHaveLength(1)
})

test('a tap agrees to the words on the screen, whatever language the contact has by then', async () => {
  const { scene, contactId, phone } = await createAskedPerson('it')
  await scene.addContact('ada', { locale: 'uk' })
  await phone.press(`⬜ ${wordingFor('messages', 'it').title}`)
  expect(await scene.ledgerOf(contactId)).toMatchObject([
    { locale: 'it', wording_hash: wordingHash(wordingFor('messages', 'it')) },
  ])
  // Drawn anew in the language of now, and its buttons with it.
  await waitUntil(async () =>
    (await phone.screen()).buttons.includes(`✅ ${wordingFor('messages', 'uk').title}`),
  )
})

test('words that have changed since are not agreed to: they are shown again', async () => {
  const { scene, contactId, phone, process } = await createAskedPerson('en')
  const old = 'consent:grant:order_updates:en:0123456789ab'
  expect(await process.deliver(updatesOf(phone.person).tapped(1, old))).toBe(200)
  expect(await scene.ledgerOf(contactId)).toEqual([])
})

test('a screen shows what the ledger says, even when processes draw it in another order than they were tapped', async () => {
  const { scene, phone, process, question } = await createAskedPerson('en')
  const other = await scene.serve('webhook')
  const tap = updatesOf(phone.person)
  const chat = { id: phone.person.id, type: 'private' }
  const switches = question
    .inline_keyboard!.flat()
    .filter(({ callback_data: data }) => data?.startsWith('consent:grant:'))
  await Promise.all(
    switches.map(async ({ callback_data: data }, index) => {
      const update = tap.tapped(index + 1, data!, { chat })
      update.callback_query.message.message_id = question.message_id
      expect(await (index % 2 === 0 ? process : other).deliver(update)).toBe(200)
    }),
  )
  await waitUntil(async () => !(await phone.screen()).text.includes('⬜'))
})
