import { createGroup, eraseContact, mergeContacts, type Database } from '@postino/database'
import { wordingFor } from '@postino/domain'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createConsoleShop } from './console-shop.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import { createContact, openTestDatabase, waitForBlocked } from './database-under-test.ts'

const { db } = await openTestDatabase()
const { ask } = await createConsoleUnderTest(db)

async function createScene() {
  const shop = await createConsoleShop(db)
  const { contactId, recipient } = await createContact(db, shop.bot)
  const grant = {
    external_id: recipient,
    purpose: 'marketing',
    obtained_at: '2026-01-02T16:20:00Z',
    source: 'paper_form',
    wording: { locale: 'it', version: wordingFor('marketing', 'it').version },
    reference: 'form 2026/118',
  }
  const post = (path: string, body: unknown) =>
    ask(shop, { method: 'POST', url: `/v1/consents/${path}`, body })
  return { shop, contactId, recipient, grant, post }
}

/** Sends a request while a transaction is open that has done something to the contact; answers with what became of it. */
async function beside<T>(work: (trx: Database) => Promise<unknown>, request: () => Promise<T>): Promise<T> {
  const { answer } = await db.transaction().execute(async (trx) => {
    await work(trx)
    const waiting = request()
    await waitForBlocked(db)
    return { answer: waiting }
  })
  return await answer
}

test('whoever is merged meanwhile agrees, or withdraws, under the name they go by then', async () => {
  const { shop, contactId: fromContactId, recipient, grant, post } = await createScene()
  const { contactId: intoContactId } = await createContact(db, shop.bot)
  const merge = { fromContactId, intoContactId, matchedBy: 'operator', actor: 'a', evidence: {} } as const
  const granted = await beside(
    (trx) => mergeContacts(trx, shop.shopId, merge),
    () => post('grants', grant),
  )
  expect(granted).toMatchObject({ status: 201, body: { contact_id: intoContactId } })
  const withdrawn = await post('withdrawals', { external_id: recipient, purpose: 'marketing' })
  expect(withdrawn).toMatchObject({ status: 201, body: { items: [{ contact_id: intoContactId }] } })
})

test('of whoever is erased meanwhile nothing is kept', async () => {
  const { shop, contactId, grant, post } = await createScene()
  const answer = await beside(
    (trx) => eraseContact(trx, shop.shopId, contactId, { actor: 'a' }),
    () => post('grants', grant),
  )
  // Their name is nobody's any more, or the erasure is seen first.
  expect([409, 422]).toContain(answer.status)
  const { rows } = await sql`select from consent_details where shop_id = ${shop.shopId}`.execute(db)
  expect(rows).toEqual([])
  const ledger =
    await sql`select from consents where shop_id = ${shop.shopId} and action = 'granted'`.execute(db)
  expect(ledger.rows).toEqual([])
})

test('whoever is erased meanwhile gets no link and joins no group', async () => {
  const { shop, contactId, recipient } = await createScene()
  const group = await createGroup(db, shop.shopId, { keyword: 'vip', name: 'VIP' })
  const url = `/v1/groups/${group?.id}/members`
  const [link, added] = await beside(
    (trx) => eraseContact(trx, shop.shopId, contactId, { actor: 'a' }),
    () =>
      Promise.all([
        ask(shop, { method: 'POST', url: '/v1/optin-links', body: { contact_id: contactId, qr: false } }),
        ask(shop, { method: 'POST', url, body: { external_ids: [recipient] } }),
      ]),
  )
  expect(link.status).toBe(409)
  expect(added.body).toEqual({ items: [{ external_id: recipient, outcome: 'unknown' }] })
  expect((await ask(shop, { url })).body).toEqual({ items: [] })
  expect((await ask(shop, { url: '/v1/optin-links' })).body).toEqual({ items: [] })
})

test('of a grant and a withdrawal at once the withdrawal counts', async () => {
  const { contactId, recipient, grant, post } = await createScene()
  await Promise.all([
    post('grants', grant),
    post('withdrawals', { external_id: recipient, purpose: 'marketing' }),
    post('grants', { ...grant, reference: 'form 2026/119' }),
  ])
  const { granted_purposes: granted, withdrawn_purposes: withdrawn } = await db
    .selectFrom('contacts')
    .select(['granted_purposes', 'withdrawn_purposes'])
    .where('id', '=', contactId)
    .executeTakeFirstOrThrow()
  expect([granted, withdrawn]).toEqual([[], ['marketing']])
})
