import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { addBot, createContact, decide } from './database-under-test.ts'
import { createShop, openDatabase } from './ingest-under-test.ts'

const database = openDatabase(await createTestDatabase())
const { ask } = await createConsoleUnderTest(database)
const shop = await createShop(database, 'faenza')
const bot = await addBot(database, shop.shopId)

/** A contact with a profile, a chat and a consent, erased over the API. */
async function eraseSomebody() {
  const person = await createContact(database, bot)
  const url = `/v1/contacts/${person.contactId}`
  const profile = {
    name: { first: 'Ada' },
    phone: '+393470000001',
    email: 'ada@example.it',
    birthday: '--05-12',
  }
  await ask(shop, { method: 'PATCH', url, body: profile })
  await decide(database, bot, { contactId: person.contactId, purpose: 'marketing', action: 'granted' })
  expect((await ask(shop, { method: 'POST', url: `${url}/erase` })).status).toBe(200)
  return { ...person, url }
}

test('its stub says when, and nothing of whom', async () => {
  const { url, contactId } = await eraseSomebody()
  const { status, body } = await ask(shop, { url })
  expect([status, body]).toEqual([
    200,
    {
      id: contactId,
      origin: 'shop',
      attributes: {},
      granted_purposes: [],
      withdrawn_purposes: expect.any(Array),
      open_registrations: 0,
      created_at: expect.any(String),
      updated_at: expect.any(String),
      erased_at: expect.any(String),
    },
  ])
})

test('no list shows it or its chat', async () => {
  const { recipient, contactId, registrationId } = await eraseSomebody()
  for (const url of [
    `/v1/contacts?external_id=${recipient}`,
    '/v1/contacts?phone=%2B393470000001',
    '/v1/contacts?removed=true',
    `/v1/registrations?contact=${contactId}`,
    `/v1/registrations?external_id=${recipient}`,
  ]) {
    expect(await ask(shop, { url })).toMatchObject({ status: 200, body: { items: [] } })
  }
  expect((await ask(shop, { url: `/v1/registrations/${registrationId}` })).status).toBe(404)
  const revokeUrl = `/v1/registrations/${registrationId}/revoke`
  expect((await ask(shop, { method: 'POST', url: revokeUrl, body: { reason: 'x' } })).status).toBe(404)
})

test('it is changed and merged no more, and is out of the book already', async () => {
  const { url, contactId } = await eraseSomebody()
  const other = await createContact(database, bot)
  const conflict = { status: 409, body: { type: '/problems/conflict' } }
  expect(await ask(shop, { method: 'PATCH', url, body: { locale: 'it' } })).toMatchObject(conflict)
  expect(
    await ask(shop, { method: 'POST', url: `${url}/merge`, body: { into: other.contactId } }),
  ).toMatchObject(conflict)
  const intoUrl = `/v1/contacts/${other.contactId}/merge`
  expect(await ask(shop, { method: 'POST', url: intoUrl, body: { into: contactId } })).toMatchObject(conflict)
  expect((await ask(shop, { method: 'DELETE', url })).status).toBe(204)
})

test('whoever is added under the same external id is somebody new, to whom nothing was agreed', async () => {
  const { recipient, contactId } = await eraseSomebody()
  const { status, body } = await ask(shop, {
    method: 'POST',
    url: '/v1/contacts',
    body: { external_id: recipient },
  })
  expect([status, body]).toMatchObject([
    201,
    { external_id: recipient, granted_purposes: [], open_registrations: 0 },
  ])
  expect(Object(body).id).not.toBe(contactId)
})
