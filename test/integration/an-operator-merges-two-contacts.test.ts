import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { addBot, createContact, decide } from './database-under-test.ts'
import { createShop, openDatabase } from './ingest-under-test.ts'

const database = openDatabase(await createTestDatabase())
const { ask } = await createConsoleUnderTest(database)
const shop = await createShop(database, 'faenza')
const bot = await addBot(database, shop.shopId)

const merge = (from: string, into: string) =>
  ask(shop, { method: 'POST', url: `/v1/contacts/${from}/merge`, body: { into } })
const change = (id: string, body: object) => ask(shop, { method: 'PATCH', url: `/v1/contacts/${id}`, body })

test('[WEB-18] the one that stays has the chats of both, its own profile first, and every withdrawal', async () => {
  const [from, into] = [await createContact(database, bot), await createContact(database, bot)]
  await change(from.contactId, { name: { first: 'Ada', last: 'Rossi' }, phone: '+393470000001' })
  await change(into.contactId, { name: { first: 'Adele' } })
  await decide(database, bot, { contactId: from.contactId, purpose: 'messages', action: 'granted' })
  await decide(database, bot, { contactId: from.contactId, purpose: 'marketing', action: 'withdrawn' })
  await decide(database, bot, { contactId: into.contactId, purpose: 'marketing', action: 'granted' })

  const answer = await merge(from.contactId, into.contactId)
  expect(answer).toMatchObject({
    status: 200,
    body: {
      id: into.contactId,
      external_id: into.recipient,
      name: { first: 'Adele', last: 'Rossi' },
      phone: '+393470000001',
      granted_purposes: ['messages'],
      withdrawn_purposes: ['marketing'],
      open_registrations: 2,
    },
  })
  expect(await ask(shop, { url: `/v1/registrations?contact=${into.contactId}` })).toMatchObject({
    body: { items: [{ id: into.registrationId }, { id: from.registrationId }] },
  })
  expect(await ask(shop, { url: `/v1/registrations?external_id=${from.recipient}` })).toMatchObject({
    body: { items: [{ id: into.registrationId }, { id: from.registrationId }] },
  })
  const former = await ask(shop, { url: `/v1/contacts/${from.contactId}` })
  expect(former.body).toMatchObject({ merged_into: into.contactId, open_registrations: 0, attributes: {} })
  expect(former.body).not.toHaveProperty('name')
  expect(await ask(shop, { url: `/v1/contacts?external_id=${from.recipient}` })).toMatchObject({
    body: { items: [{ id: into.contactId, external_id: into.recipient }] },
  })
})

test('[WEB-18] the merge is logged with who asked for it, and merging again changes nothing', async () => {
  const [from, into] = [await createContact(database, bot), await createContact(database, bot)]
  const first = await merge(from.contactId, into.contactId)
  const again = await merge(from.contactId, into.contactId)
  expect([again.status, again.body]).toEqual([200, first.body])
  const log = await database
    .selectFrom('contact_merges')
    .select(['into_contact_id', 'matched_by', 'actor', 'evidence'])
    .where('from_contact_id', '=', from.contactId)
    .execute()
  expect(log).toEqual([
    {
      into_contact_id: into.contactId,
      matched_by: 'operator',
      actor: `api_key:${shop.keyId}`,
      evidence: { request_id: first.headers['x-request-id'] },
    },
  ])
})

test('of a contact that was merged nothing is changed any more, and the answer says where to go', async () => {
  const [from, into, third] = [
    await createContact(database, bot),
    await createContact(database, bot),
    await createContact(database, bot),
  ]
  await merge(from.contactId, into.contactId)
  const conflict = { status: 409, body: { type: '/problems/conflict', merged_into: into.contactId } }
  expect(await change(from.contactId, { locale: 'it' })).toMatchObject(conflict)
  expect(await ask(shop, { method: 'DELETE', url: `/v1/contacts/${from.contactId}` })).toMatchObject(conflict)
  expect(
    await ask(shop, { method: 'POST', url: '/v1/contacts', body: { external_id: from.recipient } }),
  ).toMatchObject(conflict)
  expect(await merge(from.contactId, third.contactId)).toMatchObject(conflict)
  expect(await merge(third.contactId, from.contactId)).toMatchObject(conflict)
})

test('a contact is merged neither into itself, nor into nobody, nor into another shop’s', async () => {
  const { contactId } = await createContact(database, bot)
  const other = await createShop(database, 'deruta')
  const foreign = await createContact(database, await addBot(database, other.shopId))
  for (const [into, code] of [
    [contactId, 'the_same'],
    ['999999999', 'unknown_contact'],
    [foreign.contactId, 'unknown_contact'],
    ['0', 'invalid_id'],
    ['abc', 'invalid_id'],
  ] as const) {
    expect(await merge(contactId, into)).toMatchObject({
      status: 422,
      body: { type: '/problems/invalid-body', errors: [{ pointer: '/into', code }] },
    })
  }
  expect(await merge(foreign.contactId, contactId)).toMatchObject({ status: 404 })
  const merges = await database
    .selectFrom('contact_merges')
    .select('id')
    .where('into_contact_id', '=', contactId)
    .execute()
  expect(merges).toEqual([])
})

test('two that are merged into each other at the same time become one of the two', async () => {
  const [a, b] = [await createContact(database, bot), await createContact(database, bot)]
  const answers = await Promise.all([merge(a.contactId, b.contactId), merge(b.contactId, a.contactId)])
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]))
})
