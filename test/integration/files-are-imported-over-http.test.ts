import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { problemSchema } from '@postino/console/openapi/problem.ts'
import { contactImportSchema, registrationImportSchema } from '@postino/console/routes/imports/schema.ts'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { createConsoleShop } from './console-shop.ts'
import { addBot, openTestDatabase } from './database-under-test.ts'

const { db } = await openTestDatabase()
const { app } = await createConsoleUnderTest(db)
const shop = await createConsoleShop(db)
const headers = { ...shop.headers, 'content-type': 'text/csv; charset=utf-8' }

async function post(url: string, payload: string, more: Record<string, string> = {}) {
  const response = await app.inject({ method: 'POST', url, headers: { ...headers, ...more }, payload })
  return { status: response.statusCode, body: response.json<Record<string, unknown>>() }
}

async function countContacts(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from contacts where shop_id = ${shop.shopId}`.execute(db)
  return rows[0]?.count ?? 0
}

test('[WEB-29] a file of contacts is imported, and what is wrong with it told by line', async () => {
  const file = 'Codice cliente;Nome;Cellulare\n1;Giulia;347 1234567\n2;Marco;12\n'
  const url = '/v1/contacts/imports?country=it'
  const trial = await post(`${url}&dry_run=true`, file)
  expect(trial).toMatchObject({ status: 200, body: { dry_run: true, created: 1, refused: 1 } })
  expect(await countContacts()).toBe(0)
  const { status, body } = await post(url, file)
  expect(status).toBe(200)
  expect(contactImportSchema.parse(body)).toMatchObject({
    created: 1,
    errors: [{ line: 3, column: 'Cellulare', code: 'invalid_phone' }],
    more_errors: 0,
  })
  expect(await countContacts()).toBe(1)
})

test('the first 1,000 errors are told, and how many more there are', async () => {
  const { body } = await post('/v1/contacts/imports', `id,phone\n${'x,12\n'.repeat(1_500)}`)
  expect(contactImportSchema.parse(body)).toMatchObject({ refused: 1_500, more_errors: 500 })
})

test('[CM-3] a file of chats that agreed elsewhere is imported with its proof, for a bot that is known', async () => {
  const columns = 'chat_id,external_id,purposes,date,source,wording,reference'
  const line =
    '77,c-77,order_updates,2026-03-01,checkout,We write to you on Telegram about your orders.,form 12'
  const file = `${columns}\n${line}\n78,c-78,order_updates,,checkout,,\n`
  const { body } = await post('/v1/registrations/imports', file)
  expect(registrationImportSchema.parse(body)).toMatchObject({ registered: 1, granted: 1, refused: 1 })
  const { rows } = await sql`select actor from consents where shop_id = ${shop.shopId}`.execute(db)
  expect(rows).toEqual([{ actor: expect.stringMatching(/^api_key:/) }])
  await addBot(db, shop.shopId)
  expect(await post('/v1/registrations/imports', file)).toMatchObject({ status: 422 })
})

test.each([
  ['a file without a needed column', 'nome\nGiulia\n', 422],
  ['an empty file', '', 422],
  ['a file that is too large', `id\n${'1\n'.repeat(600_000)}`, 413],
])('%s is refused, and nothing kept', async (_, payload, status) => {
  const before = await countContacts()
  expect((await post('/v1/contacts/imports', payload)).status).toBe(status)
  expect(await countContacts()).toBe(before)
})

test('a body that is no CSV is refused', async () => {
  const more = { 'content-type': 'application/json' }
  expect((await post('/v1/contacts/imports', '{}', more)).status).toBe(415)
})

test('a file that cannot be meant is refused with its reason', async () => {
  const { body } = await post('/v1/contacts/imports', 'nome\nGiulia\n')
  expect(problemSchema.parse(body)).toMatchObject({ errors: [{ code: 'column_missing' }] })
})

test('a country nobody knows is refused by name', async () => {
  const { status, body } = await post('/v1/contacts/imports?country=xx', 'id\n1\n')
  expect({ status, body }).toMatchObject({ status: 422, body: { errors: [{ parameter: 'country' }] } })
})

test('a client that stops in the middle leaves nothing, and the shop can import again', async () => {
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  assert(typeof address === 'object' && address !== null)
  const before = await countContacts()
  const half = request({
    method: 'POST',
    host: address.address,
    port: address.port,
    path: '/v1/contacts/imports',
    headers,
  })
  half.on('error', () => undefined)
  half.write(`id,name\n${'h-1,Giulia\n'.repeat(1_000)}`)
  await once(app.server, 'request')
  // Its key is checked behind that of the other, which has its place then.
  await post('/v1/contacts/imports?country=xx', '')
  await waitUntil(async () => (await post('/v1/contacts/imports', 'id\n1\n')).status === 429)
  half.destroy()
  await waitUntil(async () => (await post('/v1/contacts/imports', 'id\n1\n')).status === 200)
  expect(await countContacts()).toBe(before)
})
