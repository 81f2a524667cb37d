import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createBotScene } from './bot-under-test.ts'

const databaseUrl = await createTestDatabase()

async function createScene() {
  const scene = await createBotScene({ databaseUrl })
  await scene.serve('webhook')
  return scene
}

test('[WEB-18] a link sent by mail finds the one contact with that address, and proves the mailbox', async () => {
  const scene = await createScene()
  const phone = scene.addPhone()
  phone.start()
  await phone.next()
  const { id: strangerId } = (await scene.contactOf(phone))!
  const contactId = await scene.addContact('customer-7', { email: 'Ada@Example.it' })
  phone.start(await scene.addLink(undefined, { email: 'ada@example.it' }))
  await waitUntil(async () => (await scene.contactById(strangerId)).merged_into === contactId)
  expect(await scene.contactById(contactId)).toMatchObject({
    email: 'Ada@Example.it',
    email_verified_at: expect.any(Date),
  })
  expect(await scene.merges()).toMatchObject([{ matched_by: 'email' }])
})

test('[WEB-18] who came by mail before the shop knew them becomes the shop’s contact by the next mail', async () => {
  const scene = await createScene()
  const email = 'ada@example.it'
  const phone = scene.addPhone()
  phone.start(await scene.addLink(undefined, { email }))
  await phone.next()
  const stranger = (await scene.contactOf(phone))!
  const contactId = await scene.addContact('customer-7', { email })
  phone.start(await scene.addLink(undefined, { email }))
  await phone.next()
  expect((await scene.contactOf(phone))?.id).toBe(contactId)
  expect(await scene.contactById(stranger.id)).toMatchObject({ merged_into: contactId })
})

test('[CM-8] with two contacts of the shop under one address a chat stays with the one it has', async () => {
  const scene = await createScene()
  const email = 'family@example.it'
  const [own] = [await scene.addContact('a', { email }), await scene.addContact('b', { email })]
  const phone = scene.addPhone()
  phone.start(await scene.addLink(own))
  await phone.next()
  phone.start(await scene.addLink(undefined, { email }))
  await phone.next()
  expect((await scene.contactOf(phone))?.id).toBe(own)
})

test('[WEB-18] with two contacts of one address nobody knows whose it is: nobody is merged', async () => {
  const scene = await createScene()
  for (const externalId of ['customer-7', 'customer-8'])
    await scene.addContact(externalId, { email: 'ada@example.it' })
  const phone = scene.addPhone()
  phone.start(await scene.addLink(undefined, { email: 'ada@example.it' }))
  await phone.next()
  expect(await scene.contactOf(phone)).toMatchObject({
    origin: 'start',
    email: 'ada@example.it',
    email_verified_at: expect.any(Date),
  })
  expect(await scene.merges()).toEqual([])
})

test('a mailbox that the shop has replaced since proves nothing', async () => {
  const scene = await createScene()
  const contactId = await scene.addContact('customer-7', { email: 'new@example.it' })
  const phone = scene.addPhone()
  phone.start(await scene.addLink(contactId, { email: 'old@example.it' }))
  await phone.next()
  expect(await scene.contactById(contactId)).toMatchObject({
    email: 'new@example.it',
    email_verified_at: null,
  })
})
