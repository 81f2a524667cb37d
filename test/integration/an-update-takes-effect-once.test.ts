import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { waitUntil } from '../support/wait-until.ts'
import { createBotScene } from './bot-under-test.ts'
import { updatesOf } from './telegram-updates.ts'

const databaseUrl = await createTestDatabase()

// Later than what people do meanwhile.
const DATE = Math.floor(Date.now() / 1_000) + 60

async function createScene() {
  const scene = await createBotScene({ databaseUrl })
  const process = await scene.serve('webhook')
  const contactId = await scene.addContact('ada')
  const phone = scene.addPhone()
  return { scene, process, contactId, phone, ...updatesOf(phone.person) }
}

test('delivered many times at once to two processes, an update takes effect and is answered once', async () => {
  const { scene, process, contactId, phone, command, tapped } = await createScene()
  const other = await scene.serve('webhook')
  const token = await scene.addLink(contactId)
  phone.start()
  await phone.next()
  const start = command(1, DATE, `/start ${token}`)
  const deliveries = Array.from({ length: 20 }, (_, index) => [process, other][index % 2]!)
  const statuses = await Promise.all(deliveries.map((one) => one.deliver(start)))
  expect(new Set(statuses)).toEqual(new Set([200]))

  const { message } = await phone.screen()
  const data = message.inline_keyboard!.flat()[0]!.callback_data!
  await Promise.all(deliveries.map((one) => one.deliver(tapped(2, data))))
  await Promise.all(deliveries.map((one) => one.deliver(command(3, DATE + 1, '/help'))))
  await waitUntil(() => phone.heard().length >= 3)
  await Promise.all([process.close(), other.close()])

  expect(phone.heard()).toHaveLength(3)
  expect(await scene.ledgerOf(contactId)).toHaveLength(1)
  const counted = await Promise.all([process, other].map((one) => one.metrics()))
  const handled = counted.map((text) => Number(/outcome="handled"[^\n]* (\d+)/.exec(text)?.[1] ?? 0))
  // The three, and the START before them.
  expect(handled[0]! + handled[1]!).toBe(4)
})

test('a stranger’s START, a shared number, a group and a last wish take effect once, however often they come', async () => {
  const { scene, process, phone, command, tapped } = await createScene()
  const other = await scene.serve('webhook')
  const groupId = await scene.addGroup('vip')
  const known = await scene.addContact('customer-7', { phone: phone.person.phone_number })
  const deliverOften = async (update: object) => {
    const deliveries = Array.from({ length: 10 }, (_, index) => [process, other][index % 2]!.deliver(update))
    expect(new Set(await Promise.all(deliveries))).toEqual(new Set([200]))
  }
  // The chat is begun, so that the bot may write there.
  phone.start('nowhere')
  await phone.next()

  await deliverOften(command(1, DATE, '/start'))
  const stranger = (await scene.contactOf(phone))!
  // With those of the scene: Ada, whom nobody has bound yet, and the one with the number.
  expect(await scene.contacts()).toHaveLength(3)
  await deliverOften(tapped(2, `group:join:${groupId}`))
  const { message, ...update } = command(3, DATE + 1, 'x')
  const { text: _text, entities: _entities, ...empty } = message
  const contact = { phone_number: phone.person.phone_number, first_name: 'Ada', user_id: phone.person.id }
  await deliverOften({ ...update, message: { ...empty, contact } })
  expect(await scene.contactById(stranger.id)).toMatchObject({ merged_into: known })
  expect(await scene.groupsOf(known)).toEqual(['vip'])
  expect(await scene.merges()).toHaveLength(1)

  await deliverOften(tapped(4, `privacy:erase:${known}`))
  expect(await scene.contactOf(phone)).toBeUndefined()
  // What comes again from before is no new beginning.
  await deliverOften(command(1, DATE, '/start'))
  expect(await scene.contactOf(phone)).toBeUndefined()
  await Promise.all([process.close(), other.close()])
  const goodbyes = phone.heard().filter(({ text }) => text?.includes('Goodbye'))
  expect(goodbyes).toHaveLength(1)
})

test('while the database refuses, nothing is kept or said, and the update comes again until it is', async () => {
  const { scene, contactId, phone } = await createScene()
  const token = await scene.addLink(contactId)
  await sql`alter table registrations add constraint refuse check (false) not valid`.execute(scene.database)
  phone.start(token)
  const { database } = scene
  await waitUntil(() => scene.emulator.bots.get(scene.bot.id).pending_updates === 1)
  const info = async () => (await fetch(`${scene.emulator.url}/bot${scene.bot.token}/getWebhookInfo`)).text()
  await waitUntil(async () => (await info()).includes('500 Internal Server Error'))
  expect(phone.heard()).toEqual([])
  const ofShop = ['shop_id', '=', scene.shopId] as const
  const seen = await database
    .selectFrom('telegram_updates')
    .selectAll()
    .where(...ofShop)
    .execute()
  const used = await database
    .selectFrom('optin_links')
    .select('used_at')
    .where(...ofShop)
    .execute()
  expect({ seen, used }).toEqual({ seen: [], used: [{ used_at: null }] })

  await sql`alter table registrations drop constraint refuse`.execute(database)
  expect((await phone.next()).inline_keyboard).toBeDefined()
  expect(await scene.registrationsOf(contactId)).toMatchObject([{ status: 'active' }])
})

test('what Telegram does not take is not said again, and the effect stands', async () => {
  const { scene, contactId, phone } = await createScene()
  const token = await scene.addLink(contactId)
  scene.emulator.faults.add({
    match: { method: 'sendMessage' },
    fault: { kind: 'reset', when: 'after' },
    count: 1,
  })
  phone.start(token)
  await waitUntil(async () => (await scene.registrationsOf(contactId)).length === 1)
  phone.send('/help')
  await waitUntil(() => phone.heard().some(({ text }) => text?.includes('This bot brings')))
  expect(phone.heard()).toHaveLength(2)
})

test('what surely did not reach Telegram is said again', async () => {
  const { scene, phone } = await createScene()
  const refusal = {
    kind: 'error',
    code: 429,
    description: 'Too Many Requests: retry after 1',
    retry_after: 1,
  } as const
  scene.emulator.faults.add({ match: { method: 'sendMessage' }, fault: refusal, count: 1 })
  phone.start()
  expect(await phone.nextText()).toContain('would like to write to you')
})
