import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { createShop, openDatabase } from './ingest-under-test.ts'

const database = openDatabase(await createTestDatabase())
const { ask } = await createConsoleUnderTest(database)
const shop = await createShop(database, 'faenza')

const save = (body: object) => ask(shop, { method: 'POST', url: '/v1/contacts', body })
const idOf = (answer: { body: unknown }) => String(Object(answer.body).id)

test('a contact is added once, and completed by what is given', async () => {
  const olena = {
    external_id: 'c-1',
    name: { first: 'Олена' },
    phone: '+380501234567',
    attributes: { tier: 'gold' },
  }
  const added = await save(olena)
  expect(added).toMatchObject({
    status: 201,
    body: { ...olena, origin: 'shop', granted_purposes: [], open_registrations: 0 },
  })
  const again = await save(olena)
  expect(again).toEqual({ ...again, status: 200, body: added.body })
  const completed = await save({ external_id: 'c-1', name: { last: 'Коваль' }, locale: 'UK-ua', phone: null })
  expect(completed).toMatchObject({
    status: 200,
    body: { name: { first: 'Олена', last: 'Коваль' }, locale: 'uk-UA', attributes: { tier: 'gold' } },
  })
  expect(completed.body).not.toHaveProperty('phone')
  expect(Object(completed.body).updated_at > Object(added.body).updated_at).toBe(true)
})

test('a contact may be known by its external id alone', async () => {
  const added = await save({ external_id: 'bare' })
  expect(added.body).toEqual({
    id: expect.any(String),
    external_id: 'bare',
    origin: 'shop',
    attributes: {},
    granted_purposes: [],
    withdrawn_purposes: [],
    open_registrations: 0,
    created_at: expect.any(String),
    updated_at: expect.any(String),
  })
})

test('a change changes what is given, and nothing else', async () => {
  const id = idOf(
    await save({ external_id: 'c-2', name: { first: 'Ada', last: 'Rossi' }, birthday: '--02-29' }),
  )
  const url = `/v1/contacts/${id}`
  const before = await ask(shop, { url })
  const nothing = await ask(shop, { method: 'PATCH', url, body: {} })
  expect(nothing.body).toEqual(before.body)
  const changed = await ask(shop, {
    method: 'PATCH',
    url,
    body: { name: { last: null }, email: 'Ada@Example.it', attributes: { a: 1, b: true } },
  })
  expect(changed).toMatchObject({
    status: 200,
    body: {
      name: { first: 'Ada' },
      birthday: '--02-29',
      email: 'Ada@Example.it',
      attributes: { a: 1, b: true },
    },
  })
  expect(Object(changed.body).name).not.toHaveProperty('last')
  expect((await ask(shop, { url })).body).toEqual(changed.body)
})

test('what was proven of one phone or mailbox proves nothing of another', async () => {
  const phone = '+393470000001'
  const id = idOf(await save({ external_id: 'c-3', phone, email: 'bea@example.it' }))
  await database
    .updateTable('contacts')
    .set({ phone_verified_at: new Date(), email_verified_at: new Date() })
    .where('id', '=', id)
    .execute()
  const kept = await save({ external_id: 'c-3', phone, email: 'BEA@example.it', name: { first: 'Bea' } })
  expect(kept.body).toMatchObject({
    phone_verified_at: expect.any(String),
    email_verified_at: expect.any(String),
  })
  const other = await save({ external_id: 'c-3', phone: '+393470000002' })
  expect(other.body).not.toHaveProperty('phone_verified_at')
  expect(other.body).toHaveProperty('email_verified_at')
  const gone = await ask(shop, { method: 'PATCH', url: `/v1/contacts/${id}`, body: { email: null } })
  expect(gone.body).not.toHaveProperty('email_verified_at')
})

test('the same contact sent by many at a time is one contact', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      save({ external_id: 'crowd', attributes: { [`n${index}`]: index } }),
    ),
  )
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(new Set(answers.map(idOf)).size).toBe(1)
})

test('another shop’s contact is not there', async () => {
  const other = await createShop(database, 'deruta')
  const id = idOf(await save({ external_id: 'mine' }))
  for (const request of [
    { url: `/v1/contacts/${id}` },
    { method: 'PATCH', url: `/v1/contacts/${id}`, body: { locale: 'en' } },
    { method: 'DELETE', url: `/v1/contacts/${id}` },
    { method: 'POST', url: `/v1/contacts/${id}/merge`, body: { into: '1' } },
  ] as const) {
    expect((await ask(other, request)).status).toBe(404)
  }
  expect(await ask(other, { url: '/v1/contacts?external_id=mine' })).toMatchObject({ body: { items: [] } })
  expect(
    idOf(await ask(other, { method: 'POST', url: '/v1/contacts', body: { external_id: 'mine' } })),
  ).not.toBe(id)
  expect((await ask(shop, { url: `/v1/contacts/${id}` })).body).not.toHaveProperty('locale')
})

test.each(['0', '-1', '01', 'abc', '9223372036854775808', '1%00', '%20'])(
  'the id %s is nobody’s',
  async (id) => {
    expect((await ask(shop, { url: `/v1/contacts/${id}` })).status).toBe(404)
    expect((await ask(shop, { method: 'DELETE', url: `/v1/contacts/${id}` })).status).toBe(404)
  },
)
