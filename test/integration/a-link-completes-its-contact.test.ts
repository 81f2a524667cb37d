import { insertConsents } from '@postino/database'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createBotScene } from './bot-under-test.ts'
import { addQueuedMessage, statusOf } from './queued-message.ts'

const databaseUrl = await createTestDatabase()

async function createScene() {
  const scene = await createBotScene({ databaseUrl })
  await scene.serve('webhook')
  return scene
}

type Scene = Awaited<ReturnType<typeof createScene>>

/** Somebody who pressed START without a link, and agreed to news of orders. */
async function createStranger(scene: Scene) {
  const phone = scene.addPhone({ firstName: 'Ada', lastName: 'Lovelace' })
  phone.start()
  await phone.next()
  await phone.press('⬜ My orders')
  const contact = await scene.contactOf(phone)
  return { phone, strangerId: contact!.id }
}

test('[WEB-18] names of Telegram fill what the book does not know, and replace nothing', async () => {
  const scene = await createScene()
  const [unnamed, named] = [await scene.addContact('a'), await scene.addContact('b')]
  await scene.database.updateTable('contacts').set({ first_name: 'Adele' }).where('id', '=', named).execute()
  for (const contactId of [unnamed, named]) {
    const phone = scene.addPhone({ firstName: 'Ada', lastName: 'Lovelace' })
    phone.start(await scene.addLink(contactId, { locale: 'it' }))
    expect((await phone.next()).text).toContain('vorrebbe scriverti')
  }
  expect(await scene.contactById(unnamed)).toMatchObject({ first_name: 'Ada', last_name: 'Lovelace' })
  expect(await scene.contactById(named)).toMatchObject({ first_name: 'Adele', last_name: 'Lovelace' })
})

test('[WEB-18] whom a START had made is one with the contact of the link they open later', async () => {
  const scene = await createScene()
  const { phone, strangerId } = await createStranger(scene)
  await scene.addGroup('vip')
  phone.send('start vip')
  await waitUntil(async () => (await scene.groupsOf(strangerId)).length === 1)
  const waiting = await addQueuedMessage(scene, { contactId: strangerId, purpose: 'order_updates' })
  const contactId = await scene.addContact('customer-7')
  phone.start(await scene.addLink(contactId, { purposes: ['messages'] }))
  await waitUntil(async () => (await scene.contactOf(phone))?.id === contactId)

  expect(await scene.contactById(contactId)).toMatchObject({
    external_id: 'customer-7',
    first_name: 'Ada',
    last_name: 'Lovelace',
  })
  expect(await scene.contactById(strangerId)).toMatchObject({
    merged_into: contactId,
    first_name: null,
    last_name: null,
  })
  expect(await scene.groupsOf(contactId)).toEqual(['vip'])
  // What was agreed to goes along, with its proof, and what waits is still meant for this chat.
  expect(await scene.ledgerOf(contactId)).toMatchObject([
    {
      purpose: 'order_updates',
      action: 'granted',
      source: 'merge',
      actor: 'contact',
      evidence: { merged_contact_id: strangerId, consent_id: expect.any(String) },
    },
  ])
  await waitUntil(async () => (await phone.screen()).buttons.includes('⬜ My messages'))
  expect((await phone.screen()).buttons).toContain('✅ My orders')
  expect(await statusOf(scene, waiting)).toEqual({ status: 'queued', reason: null })
  expect(await scene.merges()).toMatchObject([
    {
      from_contact_id: strangerId,
      into_contact_id: contactId,
      matched_by: 'link',
      actor: 'contact',
      evidence: { bot_id: scene.bot.rowId, update_id: expect.any(Number) },
    },
  ])
})

test('[WEB-18] of two answers to one purpose the refusal stands', async () => {
  const scene = await createScene()
  const { phone, strangerId } = await createStranger(scene)
  await phone.press('⬜ Offers and news')
  await waitUntil(async () => (await phone.screen()).buttons.includes('✅ Offers and news'))
  await phone.press('✅ Offers and news')
  const contactId = await scene.addContact('customer-7')
  const answer = { source: 'api', actor: 'shop', evidence: {} }
  await insertConsents(scene.database, scene.shopId, contactId, [
    { purpose: 'marketing', action: 'granted', ...answer },
    { purpose: 'order_updates', action: 'withdrawn', ...answer },
  ])
  phone.start(await scene.addLink(contactId))
  await waitUntil(async () => (await scene.contactById(strangerId)).merged_into === contactId)
  const { granted, withdrawn } = await scene.consentOf(contactId)
  expect(granted).toEqual([])
  expect(withdrawn.toSorted()).toEqual(['marketing', 'order_updates'])
})

test('[CM-8] a contact the shop knows is never merged by a link: only the chat goes over', async () => {
  const scene = await createScene()
  const [former, present] = [await scene.addContact('a'), await scene.addContact('b')]
  const phone = scene.addPhone()
  for (const contactId of [former, present]) {
    phone.start(await scene.addLink(contactId))
    await phone.next()
  }
  expect(await scene.merges()).toEqual([])
  expect(await scene.contactById(former)).toMatchObject({ merged_into: null })
})

test('a contact with chats of two people is nobody’s to merge', async () => {
  const scene = await createScene()
  const { phone, strangerId } = await createStranger(scene)
  const friend = scene.addPhone({ firstName: 'Bob' })
  friend.start(await scene.addLink(strangerId))
  await friend.next()
  const contactId = await scene.addContact('customer-7')
  const said = phone.heard().length
  phone.start(await scene.addLink(contactId))
  await waitUntil(() => phone.heard().length > said)
  expect((await scene.contactOf(phone))?.id).toBe(contactId)
  expect((await scene.contactOf(friend))?.id).toBe(strangerId)
  expect(await scene.merges()).toEqual([])
})

test('a link of a contact that became another one leads to that one', async () => {
  const scene = await createScene()
  const { phone, strangerId } = await createStranger(scene)
  const contactId = await scene.addContact('customer-7')
  const late = await scene.addLink(strangerId)
  phone.start(await scene.addLink(contactId))
  await waitUntil(async () => (await scene.contactById(strangerId)).merged_into === contactId)
  const second = scene.addPhone()
  second.start(late)
  await second.next()
  expect((await scene.contactOf(second))?.id).toBe(contactId)
})

test('several who come at once by links of one contact, strangers before, all get there', async () => {
  const scene = await createBotScene({ databaseUrl })
  const bot = await scene.serve('webhook')
  const contactId = await scene.addContact('family')
  const phones = Array.from({ length: 6 }, () => scene.addPhone())
  for (const phone of phones) phone.start()
  for (const phone of phones) await phone.next()
  const tokens = await Promise.all(phones.map(() => scene.addLink(contactId)))
  for (const [index, phone] of phones.entries()) phone.start(tokens[index])
  for (const phone of phones) await phone.next()
  expect(await scene.registrationsOf(contactId)).toHaveLength(6)
  expect(await scene.merges()).toHaveLength(6)
  // And all come back at once after they left at once.
  for (const phone of phones) phone.send('/stop')
  for (const phone of phones) await phone.next()
  for (const phone of phones) phone.start()
  for (const phone of phones) await phone.next()
  expect(await scene.registrationsOf(contactId)).toEqual(
    phones.map(() => expect.objectContaining({ status: 'active' })),
  )
  expect(await bot.metrics()).not.toContain('outcome="failed"')
})
