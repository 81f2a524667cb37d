import { insertConsents } from '@postino/database'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { addBot, createContacts } from './database-under-test.ts'
import { createShop, openDatabase } from './ingest-under-test.ts'

const database = openDatabase(await createTestDatabase())
const { ask } = await createConsoleUnderTest(database)

test('a shop is told its own name, mode, page and quota', async () => {
  const shop = await createShop(database, 'faenza')
  const other = await createShop(database, 'deruta')
  await database
    .updateTable('shops')
    .set({ mode: 'sandbox', privacy_url: 'https://d.example/privacy', contract_purposes: ['order_updates'] })
    .where('id', '=', other.shopId)
    .execute()
  expect(await ask(shop, { url: '/v1/shop' })).toMatchObject({
    status: 200,
    body: {
      slug: 'faenza',
      mode: 'live',
      contract_purposes: [],
      optin_page_url: 'https://bot.example/o/faenza',
      registrations: { open: 0, waiting: 0 },
    },
  })
  expect((await ask(other, { url: '/v1/shop' })).body).toMatchObject({
    slug: 'deruta',
    mode: 'sandbox',
    privacy_url: 'https://d.example/privacy',
    contract_purposes: ['order_updates'],
  })
})

test('[WEB-16] a shop is told what it uses of its quota, and warned before it is used up', async () => {
  const shop = await createShop(database, 'quota')
  const people = await createContacts(database, await addBot(database, shop.shopId), 6)
  const usageWith = async (limit: number | null) => {
    await database
      .updateTable('shops')
      .set({ max_registrations: limit })
      .where('id', '=', shop.shopId)
      .execute()
    return Object((await ask(shop, { url: '/v1/shop' })).body).registrations
  }
  const close = (index: number, change: { status?: string; is_over_quota?: boolean }) =>
    database
      .updateTable('registrations')
      .set(change)
      .where('id', '=', people[index]!.registrationId)
      .execute()
  await close(0, { status: 'stopped' })
  expect(await usageWith(null)).toEqual({ open: 5, waiting: 0 })
  expect(await usageWith(7)).toEqual({ open: 5, waiting: 0, limit: 7 })
  expect(await usageWith(6)).toEqual({ open: 5, waiting: 0, limit: 6, warning: 'near' })
  await close(1, { is_over_quota: true })
  expect(await usageWith(4)).toEqual({ open: 4, waiting: 1, limit: 4, warning: 'reached' })
})

test('[WEB-16] a quota takes nobody’s registration or consent away', async () => {
  const shop = await createShop(database, 'small')
  const [person] = await createContacts(database, await addBot(database, shop.shopId), 2)
  const grant = {
    purpose: 'marketing',
    action: 'granted',
    source: 'test',
    actor: 'contact',
    evidence: {},
  } as const
  await insertConsents(database, shop.shopId, person!.contactId, [grant])
  await database.updateTable('shops').set({ max_registrations: 1 }).where('id', '=', shop.shopId).execute()
  const { body } = await ask(shop, { url: '/v1/registrations?status=active' })
  expect(Object(body).items).toHaveLength(2)
  expect(await ask(shop, { url: `/v1/contacts/${person!.contactId}` })).toMatchObject({
    body: { granted_purposes: ['marketing'] },
  })
})

test('where nobody said where the pages are, no address is made up', async () => {
  const plain = await createConsoleUnderTest(database, { config: { botPublicUrl: undefined } })
  const shop = await createShop(database, 'plain')
  expect((await plain.ask(shop, { url: '/v1/shop' })).body).not.toHaveProperty('optin_page_url')
})
