import { saveOptinPage } from '@postino/database'
import { optinPageSchema, wordingFor } from '@postino/domain'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createBotScene } from './bot-under-test.ts'
import { createPhone } from './phone.ts'

const databaseUrl = await createTestDatabase()

async function createScene() {
  const scene = await createBotScene({ databaseUrl })
  const process = await scene.serve('webhook')
  return { scene, process }
}

const titlesOf = (purposes: Parameters<typeof wordingFor>[0][]) =>
  purposes.map((purpose) => `⬜ ${wordingFor(purpose, 'en').title}`)

test('[PASS-26, WEB-12, WEB-17] a stranger who presses START becomes a contact, is asked, and agrees to nothing by it', async () => {
  const { scene } = await createScene()
  const phone = scene.addPhone({ firstName: 'Ada', lastName: 'Lovelace' })
  phone.start()
  const question = await phone.next()
  expect(question.text).toContain('Bottega Faenza would like to write to you here on Telegram')
  const { purposes } = optinPageSchema.parse({})
  expect((await phone.screen()).buttons.slice(0, purposes.length)).toEqual(titlesOf(purposes))

  const [contact, ...others] = await scene.contacts()
  expect(others).toEqual([])
  expect(contact).toMatchObject({ origin: 'start', first_name: 'Ada', last_name: 'Lovelace' })
  expect(contact!.external_id).toMatch(/^tg-[\w-]{22}$/)
  expect(await scene.registrationsOf(contact!.id)).toEqual([
    { status: 'active', chat_id: String(phone.person.id) },
  ])
  expect(await scene.ledgerOf(contact!.id)).toEqual([])
})

test('[PASS-26] what a stranger is asked is what the shop’s opt-in page offers', async () => {
  const { scene, process } = await createScene()
  const settings = optinPageSchema.parse({ purposes: ['documents', 'messages'] })
  await saveOptinPage(scene.database, scene.shopId, { isPublished: true, settings })
  await process.refresh()
  const phone = scene.addPhone()
  phone.start()
  await phone.next()
  expect((await phone.screen()).buttons.slice(0, 2)).toEqual(titlesOf(['messages', 'documents']))
})

test('[WEB-9] START counts in any of the shop’s bots, and it is the same contact in all of them', async () => {
  const { scene, process } = await createScene()
  const second = await scene.addBot()
  await process.refresh()
  const phone = scene.addPhone()
  const there = createPhone(scene.emulator, second, phone.person)
  there.start()
  await there.next()
  phone.start()
  await phone.next()
  const contacts = await scene.contacts()
  expect(contacts).toHaveLength(1)
  expect(await scene.registrationsOf(contacts[0]!.id)).toHaveLength(2)
})

test('[WEB-9] who presses START in two bots of the shop at the same moment is one contact', async () => {
  const { scene, process } = await createScene()
  const second = await scene.addBot()
  await process.refresh()
  for (let round = 0; round < 10; round++) {
    const phone = scene.addPhone()
    const there = createPhone(scene.emulator, second, phone.person)
    phone.start()
    there.start()
    await Promise.all([phone.next(), there.next()])
  }
  expect(await scene.contacts()).toHaveLength(10)
})

test('[BEY-10, PASS-25] found by search, by a plain link or by one of the shop’s, and left by /end', async () => {
  const { scene } = await createScene()
  const [searching, withLink, known] = [scene.addPhone(), scene.addPhone(), scene.addPhone()]
  searching.start()
  const link = `https://t.me/${scene.bot.username}`
  scene.emulator.people.openLink(withLink.person.id, { link })
  scene.emulator.people.start(withLink.person.id, { chat: withLink.chat })
  const contactId = await scene.addContact('customer-7')
  scene.emulator.people.openLink(known.person.id, { link: `${link}?start=${await scene.addLink(contactId)}` })
  scene.emulator.people.start(known.person.id, { chat: known.chat })
  for (const phone of [searching, withLink, known]) expect((await phone.next()).inline_keyboard).toBeDefined()
  expect((await scene.contacts()).map(({ origin }) => origin).toSorted()).toEqual(['shop', 'start', 'start'])
  expect((await scene.contactOf(known))?.external_id).toBe('customer-7')

  for (const phone of [searching, withLink, known]) {
    phone.send('/end')
    expect(await phone.nextText()).toContain('will not write to you any more')
  }
})

test('[PASS-26] START again, and after /stop, is the same contact with nothing on', async () => {
  const { scene } = await createScene()
  const phone = scene.addPhone()
  phone.start()
  await phone.next()
  const [{ id } = { id: '' }] = await scene.contacts()
  await phone.press('⬜ My orders')
  phone.start()
  await waitUntil(() => phone.heard().length === 2)
  expect((await phone.screen()).buttons[0]).toBe('✅ My orders')
  phone.send('/stop')
  await waitUntil(() => phone.heard().length === 3)
  phone.start()
  await waitUntil(() => phone.heard().length === 4)
  expect((await phone.screen()).text).not.toContain('✅')
  expect(await scene.contacts()).toHaveLength(1)
  expect((await scene.consentOf(id)).granted).toEqual([])
})

test('[WEB-16] one registration more than the quota is kept and asked, and nothing alarming is said', async () => {
  const { scene } = await createScene()
  await scene.database
    .updateTable('shops')
    .set({ max_registrations: 1 })
    .where('id', '=', scene.shopId)
    .execute()
  const [first, second] = [scene.addPhone(), scene.addPhone({ firstName: 'Bob' })]
  first.start()
  const question = await first.nextText()
  second.start()
  expect(await second.nextText()).toBe(question)
  await second.press('⬜ My orders')
  second.send('/settings')
  await waitUntil(() => second.heard().length === 2)
  expect((await second.screen()).buttons[0]).toBe('✅ My orders')
  const rows = await scene.database
    .selectFrom('registrations')
    .select('is_over_quota as waits')
    .where('shop_id', '=', scene.shopId)
    .orderBy('id')
    .execute()
  expect(rows).toEqual([{ waits: false }, { waits: true }])
})
