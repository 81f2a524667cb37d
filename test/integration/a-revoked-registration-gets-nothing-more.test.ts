import { expect, test } from 'vitest'
import { createTestDatabase } from '../support/create-test-database.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import {
  accept,
  addBot,
  createContact,
  decide,
  findMessage,
  listStatuses,
  queue,
} from './database-under-test.ts'
import { createShop, openDatabase } from './ingest-under-test.ts'

const database = openDatabase(await createTestDatabase())
const { ask } = await createConsoleUnderTest(database)
const shop = await createShop(database, 'faenza')
const bot = await addBot(database, shop.shopId)
const REASON = { reason: 'Lo ha chiesto al telefono' }

const revoke = (id: string, body: unknown = REASON) =>
  ask(shop, { method: 'POST', url: `/v1/registrations/${id}/revoke`, body })

function readLedger(contactId: string) {
  return database
    .selectFrom('consents')
    .leftJoin('consent_details', 'consent_details.consent_id', 'consents.id')
    .select(['purpose', 'action', 'source', 'actor', 'evidence', 'details'])
    .where('contact_id', '=', contactId)
    .orderBy('consents.id')
    .execute()
}

test('[WEB-23] what waits for the chat is suppressed, and every purpose is withdrawn with the reason', async () => {
  const ada = await createContact(database, bot)
  await decide(database, bot, { contactId: ada.contactId, purpose: 'marketing', action: 'granted' })
  await decide(database, bot, { contactId: ada.contactId, purpose: 'messages', action: 'withdrawn' })
  const ids = await queue(database, bot, [ada, ada, ada])
  const { status, body } = await revoke(ada.registrationId)
  expect([status, body]).toMatchObject([
    200,
    { id: ada.registrationId, status: 'revoked', granted_purposes: [] },
  ])
  expect(await listStatuses(database, ids)).toEqual(Array(3).fill('suppressed: registration_revoked'))
  expect((await findMessage(database, ids[0]!)).ended_at).not.toBeNull()
  const ledger = (await readLedger(ada.contactId)).slice(2)
  expect(ledger.map(({ purpose }) => purpose)).toEqual([
    'order_updates',
    'cart_reminders',
    'activities',
    'documents',
    'reminders',
    'marketing',
  ])
  for (const entry of ledger) {
    expect(entry).toMatchObject({
      action: 'withdrawn',
      source: 'api',
      actor: `api_key:${shop.keyId}`,
      evidence: { registration_id: ada.registrationId, request_id: expect.any(String) },
      details: REASON,
    })
    expect(JSON.stringify(entry.evidence)).not.toContain(REASON.reason)
  }
})

test('[WEB-23] revoking twice, or twice at a time, withdraws once', async () => {
  const bea = await createContact(database, bot)
  const answers = await Promise.all(Array.from({ length: 6 }, () => revoke(bea.registrationId)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  expect(await readLedger(bea.contactId)).toHaveLength(7)
  const changedAt = Object((await revoke(bea.registrationId)).body).status_changed_at
  expect(changedAt).toBe(Object(answers[0]!.body).status_changed_at)
})

test('[WEB-23] one that was closed before keeps its status, and what was left open is withdrawn', async () => {
  const carla = await createContact(database, bot)
  await database
    .updateTable('registrations')
    .set({ status: 'blocked' })
    .where('id', '=', carla.registrationId)
    .execute()
  expect(await revoke(carla.registrationId)).toMatchObject({ status: 200, body: { status: 'blocked' } })
  expect(await readLedger(carla.contactId)).toHaveLength(7)
})

test('[WEB-23] the others of the shop go on getting what they agreed to', async () => {
  const dora = await createContact(database, bot)
  const elsa = await createContact(database, bot)
  const [waiting] = await queue(database, bot, [elsa])
  await revoke(dora.registrationId)
  expect(await listStatuses(database, [waiting!])).toEqual(['queued'])
  expect(await readLedger(elsa.contactId)).toEqual([])
})

test('what has not been rendered yet is not lost sight of', async () => {
  const fia = await createContact(database, bot)
  const [id] = await accept(database, bot, [fia])
  await revoke(fia.registrationId)
  // The renderer decides about it: it looks at the registration and the ledger.
  expect(await listStatuses(database, [id!])).toEqual(['accepted'])
})

test('another shop’s registration, and one that never was, are not there', async () => {
  const gina = await createContact(database, bot)
  const other = await createShop(database, 'deruta')
  const url = `/v1/registrations/${gina.registrationId}/revoke`
  expect((await ask(other, { method: 'POST', url, body: REASON })).status).toBe(404)
  expect((await revoke('999999999')).status).toBe(404)
  expect(await readLedger(gina.contactId)).toEqual([])
})

test.each([
  [{}, '/reason', 'required'],
  [{ reason: '' }, '/reason', 'invalid'],
  [{ reason: ' \n' }, '/reason', 'invalid'],
  [{ reason: 'x'.repeat(501) }, '/reason', 'too_long'],
  [{ reason: 7 }, '/reason', 'wrong_type'],
  [{ reason: 'a\0' }, '/reason', 'nul_character'],
  [{ ...REASON, status: 'stopped' }, '/status', 'unknown_field'],
])('with the reason %#, which is none, nothing is revoked', async (body, pointer, code) => {
  const hanna = await createContact(database, bot)
  expect(await revoke(hanna.registrationId, body)).toMatchObject({
    status: 422,
    body: { type: '/problems/invalid-body', errors: [{ pointer, code }] },
  })
  expect(await ask(shop, { url: `/v1/registrations/${hanna.registrationId}` })).toMatchObject({
    body: { status: 'active' },
  })
})
