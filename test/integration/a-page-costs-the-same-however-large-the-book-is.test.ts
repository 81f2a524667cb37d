import { findBookContact, findRegistration, listBookContacts, listRegistrations } from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openTestDatabase } from './database-under-test.ts'
import { fillMessages } from './large-tables.ts'
import { countBuffers, createExplain } from './statement-plans.ts'

const { url, db } = await openTestDatabase()
const { shopId, botId } = await fillMessages(db, 20_000, {})
await sql`update contacts set phone = '+39' || (3000000000 + id), email = 'c' || id || '@example.it'`.execute(
  db,
)
await sql`vacuum analyze`.execute(db)
const explain = createExplain(url)
const middle = await db
  .selectFrom('contacts')
  .select(['id', 'external_id', 'phone', 'email'])
  .orderBy('id')
  .offset(10_000)
  .limit(1)
  .executeTakeFirstOrThrow()

/** Pages of 8 KiB: a page of 50 rows looks up some things for each of them. */
const MOST_BUFFERS = 700

test.each([
  ['the first page', {}],
  ['a page in the middle', { before: middle.id }],
  ['an external id', { externalId: middle.external_id }],
  ['a phone', { phone: String(middle.phone) }],
  ['a mailbox', { email: String(middle.email).toUpperCase() }],
  ['those with a chat', { isRegistered: true }],
])('of the contacts: %s', async (_name, filter) => {
  const [plan] = await explain((database) => listBookContacts(database, shopId, { limit: 51, ...filter }))
  expect(countBuffers(plan!)).toBeLessThan(MOST_BUFFERS)
})

test.each([
  ['the first page', {}],
  ['a page in the middle', { before: '10000' }],
  ['those that are open', { status: 'active' }],
  ['a bot’s', { botId }],
  ['a contact’s', { contactId: middle.id }],
  ['those that wait for a place', { isOverQuota: true }],
])('of the registrations: %s', async (_name, filter) => {
  const [plan] = await explain((database) => listRegistrations(database, shopId, { limit: 51, ...filter }))
  expect(countBuffers(plan!)).toBeLessThan(MOST_BUFFERS)
})

test('one of them is found by its id', async () => {
  const plans = await explain(async (database) => {
    await findBookContact(database, shopId, middle.id)
    await findRegistration(database, shopId, '1')
  })
  expect(plans).toHaveLength(2)
  for (const plan of plans) expect(countBuffers(plan)).toBeLessThan(30)
})
