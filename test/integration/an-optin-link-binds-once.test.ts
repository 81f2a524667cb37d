import { insertOptinLink } from '@postino/database'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createBotScene } from './bot-under-test.ts'
import { createPhone } from './phone.ts'
import { addQueuedMessage, statusOf } from './queued-message.ts'

const databaseUrl = await createTestDatabase()

async function createScene() {
  const scene = await createBotScene({ databaseUrl })
  const process = await scene.serve('webhook')
  const contactId = await scene.addContact('ada')
  return { scene, process, contactId, phone: scene.addPhone() }
}

test('a link that was used binds nobody else', async () => {
  const { scene, contactId, phone } = await createScene()
  const token = await scene.addLink(contactId)
  phone.start(token)
  await phone.next()
  const other = scene.addPhone({ firstName: 'Mallory' })
  other.start(token)
  expect(await other.nextText()).toMatch(/^This link has been used already/)
  expect(await scene.registrationsOf(contactId)).toHaveLength(1)
})

test('of two who press the same link at once one is bound', async () => {
  const { scene, contactId } = await createScene()
  const token = await scene.addLink(contactId)
  const phones = [scene.addPhone(), scene.addPhone(), scene.addPhone()]
  for (const phone of phones) phone.start(token)
  const texts = await Promise.all(phones.map((phone) => phone.nextText()))
  expect(texts.filter((text) => text.startsWith('This link has been used'))).toHaveLength(2)
  expect(await scene.registrationsOf(contactId)).toHaveLength(1)
})

test('an expired link binds nobody', async () => {
  const { scene, contactId, phone } = await createScene()
  phone.start(await scene.addLink(contactId, { expiresInSeconds: -1 }))
  expect(await phone.nextText()).toMatch(/^This link has expired/)
  expect(await scene.registrationsOf(contactId)).toEqual([])
})

test.each(['x', 'A'.repeat(22), '0'.repeat(64), '-_-'])(
  'a link somebody made up binds nobody: %s',
  async (token) => {
    const { scene, contactId, phone } = await createScene()
    phone.start(token)
    expect(await phone.nextText()).toMatch(/^I don’t know this link/)
    expect(await scene.registrationsOf(contactId)).toEqual([])
  },
)

test('a link of another shop’s bot is unknown here, and stays good there', async () => {
  const { scene, process, phone } = await createScene()
  const { shopId, bot } = await scene.addShop('Other Shop')
  await process.refresh()
  const { id: contactId } = await scene.database
    .insertInto('contacts')
    .values({ shop_id: shopId, external_id: 'bob' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { token } = await insertOptinLink(scene.database, shopId, {
    botId: bot.rowId,
    contactId,
    purposes: ['messages'],
    source: 'web_form',
    expiresInSeconds: 600,
  })
  phone.start(token)
  expect(await phone.nextText()).toMatch(/^I don’t know this link/)
  const there = createPhone(scene.emulator, bot, phone.person)
  there.start(token)
  expect((await there.next()).inline_keyboard?.flat()[0]?.text).toBe('⬜ My messages')
})

test('pressing Start again in an open chat shows the choices again', async () => {
  const { scene, contactId, phone } = await createScene()
  const token = await scene.addLink(contactId)
  phone.start(token)
  await phone.next()
  await phone.press('⬜ My orders')
  await waitUntil(async () => (await phone.screen()).buttons.includes('✅ My orders'))
  phone.start(token)
  expect((await phone.next()).inline_keyboard?.flat()[0]?.text).toBe('✅ My orders')
  phone.start()
  expect((await phone.next()).inline_keyboard?.flat()[0]?.text).toBe('✅ My orders')
})

test('a second link of the same contact offers more, and what is on stays on', async () => {
  const { scene, contactId, phone } = await createScene()
  phone.start(await scene.addLink(contactId, { purposes: ['messages'] }))
  await phone.next()
  await phone.press('⬜ My messages')
  phone.start(await scene.addLink(contactId, { purposes: ['marketing'] }))
  const question = await phone.next()
  expect(question.inline_keyboard?.flat().map(({ text }) => text)).toEqual([
    '✅ My messages',
    '⬜ Offers and news',
    'Done',
    '📱 Share my phone number',
  ])
})

test('[CM-8] a chat belongs to the contact whose link was pressed last: nothing reaches the former one there', async () => {
  const { scene, contactId: former, phone } = await createScene()
  phone.start(await scene.addLink(former))
  await phone.next()
  await phone.press('⬜ My orders')
  const waiting = await addQueuedMessage(scene, { contactId: former, purpose: 'order_updates' })

  const present = await scene.addContact('bob')
  phone.start(await scene.addLink(present))
  const question = await phone.next()
  expect(question.text).not.toContain('✅')
  expect(await scene.registrationsOf(former)).toEqual([])
  expect(await scene.registrationsOf(present)).toMatchObject([{ status: 'active' }])
  expect(await statusOf(scene, waiting)).toEqual({ status: 'suppressed', reason: 'not_registered' })

  // Consent is the person's in the shop's book, not the chat's: what Ada agreed to is neither Bob's nor lost.
  await phone.press('⬜ My messages')
  const purposes = async (contactId: string) =>
    (await scene.ledgerOf(contactId)).map(({ purpose, action }) => `${purpose} ${action}`)
  expect(await purposes(former)).toEqual(['order_updates granted'])
  expect(await purposes(present)).toEqual(['messages granted'])
})

test('[CM-8] a contact may have chats on several phones, and leaves them one by one', async () => {
  const { scene, contactId, phone } = await createScene()
  const second = scene.addPhone()
  for (const one of [phone, second]) {
    one.start(await scene.addLink(contactId))
    await one.next()
  }
  second.send('/stop')
  await second.next()
  const statuses = (await scene.registrationsOf(contactId)).map(({ status }) => status)
  expect(statuses.toSorted()).toEqual(['active', 'stopped'])
})
