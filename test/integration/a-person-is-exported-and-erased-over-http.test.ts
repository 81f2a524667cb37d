import { mergeContacts, type ApiKeyScope } from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createConsoleShop } from './console-shop.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { createContact, decide, listStatuses, openTestDatabase, queue } from './database-under-test.ts'

const { db } = await openTestDatabase()
const { ask } = await createConsoleUnderTest(db)

async function createShop(...scopes: ApiKeyScope[]) {
  const shop = await createConsoleShop(db, scopes.length === 0 ? undefined : scopes)
  const contact = await createContact(db, shop.bot)
  await sql`update contacts set first_name = 'Giulia<script>', locale = 'it' where id = ${contact.contactId}`.execute(
    db,
  )
  await decide(db, shop.bot, { contactId: contact.contactId, purpose: 'messages', action: 'granted' })
  return { ...shop, ...contact }
}
type Shop = Awaited<ReturnType<typeof createShop>>

async function exportAs(shop: Shop, accept?: string) {
  const headers = { ...shop.headers, ...(accept !== undefined && { accept }) }
  return await ask({ headers }, { url: `/v1/contacts/${shop.contactId}/export` })
}

async function erase(shop: Shop, contactId = shop.contactId) {
  return await ask(shop, { method: 'POST', url: `/v1/contacts/${contactId}/erase` })
}

test('[CM-4, CM-16, PASS-29] all there is about a person comes as data, or as a page in their language', async () => {
  const shop = await createShop()
  const data = await exportAs(shop)
  expect(data).toMatchObject({
    status: 200,
    body: {
      contact: { id: shop.contactId, first_name: 'Giulia<script>' },
      registrations: [{ chat_id: shop.chatId }],
      consents: [{ purpose: 'messages', action: 'granted' }],
    },
  })
  const page = await exportAs(shop, 'text/html')
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(page.headers['content-disposition']).toMatch(/^attachment/)
  expect(page.headers['content-security-policy']).toContain("default-src 'none'")
  expect(page.body).toMatch(/^<!doctype html>\s*<html lang="it">/)
  expect(page.body).toContain('Giulia&lt;script&gt;')
})

test('[CM-4, PASS-29] who is erased leaves nothing but a stub of the ledger, and nothing more is sent', async () => {
  const shop = await createShop()
  const [waiting] = await queue(db, shop.bot, [{ recipient: shop.recipient, purpose: 'messages' }])
  const answer = await erase(shop)
  expect(answer).toMatchObject({
    status: 200,
    body: { status: 'erased', contacts: 1, registrations: 1, messages: 1 },
  })
  expect(await listStatuses(db, [waiting!])).toEqual(['suppressed: erased'])
  expect(JSON.stringify((await exportAs(shop)).body)).not.toMatch(
    new RegExp(`Giulia|${shop.recipient}|${shop.chatId}`),
  )
  expect(await erase(shop)).toMatchObject({ status: 200, body: { status: 'already_erased' } })
  const { body } = await ask(shop, { url: `/v1/contacts?external_id=${shop.recipient}` })
  expect(body).toEqual({ items: [] })
})

test('of many who erase the same person at once one does, and all are told that it is done', async () => {
  const shop = await createShop()
  const answers = await Promise.all(Array.from({ length: 5 }, () => erase(shop)))
  const statuses = answers.map(({ body }) => (body as { status: string }).status)
  expect(statuses.filter((status) => status === 'erased')).toHaveLength(1)
  expect(statuses.filter((status) => status === 'already_erased')).toHaveLength(4)
})

test('a person under two ids is erased under both, whichever is named', async () => {
  const shop = await createShop()
  const { contactId: intoContactId, recipient } = await createContact(db, shop.bot)
  const merge = {
    fromContactId: shop.contactId,
    intoContactId,
    matchedBy: 'operator',
    actor: 'a',
    evidence: {},
  } as const
  await db.transaction().execute((trx) => mergeContacts(trx, shop.shopId, merge))
  expect(await erase(shop)).toMatchObject({ body: { status: 'erased', contacts: 2, registrations: 2 } })
  const { rows } = await sql`
    select from contacts where shop_id = ${shop.shopId} and external_id in (${recipient}, ${shop.recipient})`.execute(
    db,
  )
  expect(rows).toEqual([])
})

test('nobody of another shop is shown or erased, nor by a key that may only read', async () => {
  const [shop, elsewhere] = [await createShop(), await createShop()]
  expect((await erase(elsewhere, shop.contactId)).status).toBe(404)
  expect((await erase(elsewhere, '999999999')).status).toBe(404)
  expect((await exportAs({ ...elsewhere, contactId: shop.contactId })).status).toBe(404)
  const reader = await createShop('contacts:read', 'consents:read', 'consents:write')
  expect((await erase(reader)).status).toBe(403)
  expect((await exportAs(reader)).status).toBe(403)
  expect((await exportAs(shop)).body).toMatchObject({ contact: { first_name: 'Giulia<script>' } })
})
