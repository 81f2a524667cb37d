import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { accept, addBot, beginTurn, claimIds, createContact, decide, render } from './database-under-test.ts'
import { createShop, openDatabase } from './ingest-under-test.ts'

const database = openDatabase(await createTestDatabase())
const { ask } = await createConsoleUnderTest(database)
const shop = await createShop(database, 'faenza')
const bot = await addBot(database, shop.shopId)

test('[WEB-24] a contact that is changed or taken out of the book keeps its registration, and is still written to', async () => {
  const ada = await createContact(database, bot)
  await decide(database, bot, { contactId: ada.contactId, purpose: 'order_updates', action: 'granted' })
  const registrationUrl = `/v1/registrations/${ada.registrationId}`
  const before = await ask(shop, { url: registrationUrl })
  const url = `/v1/contacts/${ada.contactId}`
  await ask(shop, { method: 'PATCH', url, body: { name: { first: 'Ada' }, locale: 'it' } })
  expect(await ask(shop, { method: 'DELETE', url })).toMatchObject({ status: 204 })

  expect(await ask(shop, { url })).toMatchObject({
    body: { removed_at: expect.any(String), open_registrations: 1 },
  })
  const after = await ask(shop, { url: registrationUrl })
  expect(Object(after.body).status_changed_at).toBe(Object(before.body).status_changed_at)
  expect(after.body).toMatchObject({ status: 'active', granted_purposes: ['order_updates'] })
  expect(await ask(shop, { url: '/v1/registrations' })).toMatchObject({
    body: { items: [{ id: ada.registrationId }] },
  })

  const ids = await accept(database, bot, [ada])
  await render(database, ids)
  const begun = await beginTurn(database, bot, 45_000)
  expect(await claimIds(database, { ...bot, epoch: begun!.epoch })).toEqual(ids)
})

test('[WEB-24] a registration that is revoked takes nothing from the contact', async () => {
  const bea = await createContact(database, bot)
  const url = `/v1/contacts/${bea.contactId}`
  await ask(shop, { method: 'PATCH', url, body: { name: { first: 'Bea' } } })
  const revokeUrl = `/v1/registrations/${bea.registrationId}/revoke`
  await ask(shop, { method: 'POST', url: revokeUrl, body: { reason: 'x' } })
  expect(await ask(shop, { url })).toMatchObject({
    body: { external_id: bea.recipient, name: { first: 'Bea' }, open_registrations: 0 },
  })
})

test('[WEB-24] who is out of the book is in no list but that of those taken out, and comes back by being added', async () => {
  const carla = await createContact(database, bot)
  const url = `/v1/contacts/${carla.contactId}`
  const listed = async (query: string) => {
    const { body } = await ask(shop, { url: `/v1/contacts${query}` })
    return Object(body).items.some(({ id }: { id: string }) => id === carla.contactId)
  }
  expect([await listed(''), await listed('?removed=true')]).toEqual([true, false])
  await ask(shop, { method: 'DELETE', url })
  const removedAt = Object((await ask(shop, { url })).body).removed_at
  // Once more changes nothing.
  expect((await ask(shop, { method: 'DELETE', url })).status).toBe(204)
  expect(Object((await ask(shop, { url })).body).removed_at).toBe(removedAt)
  expect([await listed(''), await listed('?removed=true')]).toEqual([false, true])
  const back = await ask(shop, {
    method: 'POST',
    url: '/v1/contacts',
    body: { external_id: carla.recipient },
  })
  expect(back).toMatchObject({ status: 200, body: { id: carla.contactId, open_registrations: 1 } })
  expect([await listed(''), await listed('?removed=true')]).toEqual([true, false])
})

test('who is unknown cannot be taken out', async () => {
  expect((await ask(shop, { method: 'DELETE', url: '/v1/contacts/999999999' })).status).toBe(404)
})
