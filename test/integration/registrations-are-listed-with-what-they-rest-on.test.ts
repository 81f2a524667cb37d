import { createGroup, joinGroup, upsertContact } from '@postino/database'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { addBot, createContact, decide } from './database-under-test.ts'
import { createShop, openDatabase } from './ingest-under-test.ts'

const database = openDatabase(await createTestDatabase())
const { ask } = await createConsoleUnderTest(database)
const shop = await createShop(database, 'faenza')
const bot = await addBot(database, shop.shopId)
const otherBot = await addBot(database, shop.shopId)
const ada = await createContact(database, bot)
const bea = await createContact(database, bot)
const carla = await createContact(database, otherBot)

/** The ids that a list with this query shows, in its order. */
async function idsOf(query: string): Promise<string[]> {
  const { status, body } = await ask(shop, { url: `/v1/registrations${query}` })
  expect(status).toBe(200)
  return Object(body).items.map(({ id }: { id: string }) => id)
}

test('[WEB-15] a registration shows its contact, its chat, where it came from and what is agreed to', async () => {
  await upsertContact(database, shop.shopId, { externalId: ada.recipient, firstName: 'Ada' })
  await decide(database, bot, { contactId: ada.contactId, purpose: 'marketing', action: 'granted' })
  const { body } = await ask(shop, { url: `/v1/registrations/${ada.registrationId}` })
  expect(body).toEqual({
    id: ada.registrationId,
    status: 'active',
    bot: { id: bot.botId, username: 'b' },
    contact: { id: ada.contactId, external_id: ada.recipient, name: { first: 'Ada' } },
    chat_id: ada.chatId,
    telegram: { user_id: ada.chatId },
    source: 'test',
    offered_purposes: ['order_updates', 'marketing'],
    granted_purposes: ['marketing'],
    is_tester: false,
    is_over_quota: false,
    created_at: expect.any(String),
    status_changed_at: expect.any(String),
  })
})

test('[WEB-15] the list shows the youngest first, and each filter narrows it', async () => {
  const all = [carla, bea, ada].map(({ registrationId }) => registrationId)
  expect(await idsOf('')).toEqual(all)
  const group = await createGroup(database, shop.shopId, { keyword: 'vip', name: 'VIP' })
  await joinGroup(database, shop.shopId, {
    groupId: group!.id,
    contactId: bea.contactId,
    source: 'test',
  })
  await decide(database, bot, { contactId: ada.contactId, purpose: 'reminders', action: 'granted' })
  await database
    .updateTable('registrations')
    .set({ status: 'stopped', is_tester: true, is_over_quota: true, source: 'qr_pos' })
    .where('id', '=', carla.registrationId)
    .execute()
  expect(await idsOf('?status=stopped')).toEqual([carla.registrationId])
  expect(await idsOf('?status=active')).toEqual([bea.registrationId, ada.registrationId])
  expect(await idsOf(`?bot=${otherBot.botId}`)).toEqual([carla.registrationId])
  expect(await idsOf(`?contact=${ada.contactId}`)).toEqual([ada.registrationId])
  expect(await idsOf(`?external_id=${ada.recipient}`)).toEqual([ada.registrationId])
  expect(await idsOf('?external_id=nobody')).toEqual([])
  expect(await idsOf(`?group=${group!.id}`)).toEqual([bea.registrationId])
  expect(await idsOf('?purpose=reminders')).toEqual([ada.registrationId])
  expect(await idsOf('?source=qr_pos')).toEqual([carla.registrationId])
  expect(await idsOf('?tester=true')).toEqual([carla.registrationId])
  expect(await idsOf('?over_quota=false&tester=false')).toEqual([bea.registrationId, ada.registrationId])
  expect(await idsOf('?status=active&bot=999999')).toEqual([])
})

test('what was opened or closed since a time is found by it', async () => {
  const { body } = await ask(shop, { url: `/v1/registrations/${bea.registrationId}` })
  const at = String(Object(body).status_changed_at)
  expect(await idsOf(`?since=${at}`)).toContain(bea.registrationId)
  expect(await idsOf(`?since=${at.replace('Z', '%2B00:00')}`)).toContain(bea.registrationId)
  expect(await idsOf('?since=2999-01-01T00:00:00Z')).toEqual([])
})

test('another shop’s registrations are not there', async () => {
  const other = await createShop(database, 'deruta')
  expect(await ask(other, { url: '/v1/registrations' })).toMatchObject({ body: { items: [] } })
  expect(await ask(other, { url: `/v1/registrations?contact=${ada.contactId}` })).toMatchObject({
    body: { items: [] },
  })
  expect((await ask(other, { url: `/v1/registrations/${ada.registrationId}` })).status).toBe(404)
})
