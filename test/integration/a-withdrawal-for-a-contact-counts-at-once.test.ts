import assert from 'node:assert/strict'
import type { ApiKeyScope } from '@postino/database'
import { PURPOSES } from '@postino/domain'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createConsoleShop, errorsOf, type ConsoleShop } from './console-shop.ts'
import { createConsoleUnderTest } from './console-under-test.ts'
import {
  accept,
  beginTurn,
  claimIds,
  createContact,
  decide,
  listStatuses,
  openTestDatabase,
  queue,
  record,
  render,
  RESEND_AFTER_MS,
} from './database-under-test.ts'

const { db } = await openTestDatabase()
const { ask } = await createConsoleUnderTest(db)

async function createShop(...scopes: ApiKeyScope[]) {
  const shop = await createConsoleShop(db, scopes.length === 0 ? undefined : scopes)
  const contact = await createContact(db, shop.bot)
  for (const purpose of ['marketing', 'messages'] as const) {
    await decide(db, shop.bot, { contactId: contact.contactId, purpose, action: 'granted' })
  }
  return { ...shop, ...contact }
}

async function withdraw(shop: ConsoleShop, body: unknown) {
  const answer = await ask(shop, { method: 'POST', url: '/v1/consents/withdrawals', body })
  const { items = [] } = answer.body as { items?: { purpose: string }[] }
  return { ...answer, purposes: items.map(({ purpose }) => purpose) }
}

test('[CM-17, PASS-28, CM-12] what waits for a contact who has withdrawn is never sent', async () => {
  const shop = await createShop()
  const { recipient, bot } = shop
  const other = await createContact(db, bot)
  await decide(db, bot, { contactId: other.contactId, purpose: 'marketing', action: 'granted' })
  const offers = Array.from({ length: 20 }, () => ({
    recipient,
    purpose: 'marketing' as const,
    lane: 2 as const,
  }))
  const waiting = await queue(db, bot, offers)
  const [kept] = await queue(db, bot, [{ recipient, purpose: 'messages' }])
  const [others] = await queue(db, bot, [{ recipient: other.recipient, purpose: 'marketing' }])
  const answer = await withdraw(shop, { external_id: recipient, purpose: 'marketing' })
  expect([answer.status, answer.purposes]).toEqual([201, ['marketing']])
  const turn = await beginTurn(db, bot, RESEND_AFTER_MS)
  assert(turn !== undefined)
  const sent = new Set<string>()
  // A chat gets its next message when the one before is sent; of those that may not be sent a claim closes one a chat.
  for (let round = 0; round < 25; round++) {
    for (const id of await claimIds(db, { ...bot, epoch: turn.epoch })) {
      await record(db, { ...bot, epoch: turn.epoch }, { id, status: 'sent' })
      sent.add(id)
    }
  }
  expect(sent).toEqual(new Set([kept, others]))
  expect(new Set(await listStatuses(db, waiting))).toEqual(new Set(['suppressed: consent_withdrawn']))
})

test('[CM-17, PASS-27, PASS-28] all of it at once also ends what rests on the contract', async () => {
  const shop = await createShop()
  const { recipient, bot } = shop
  const ids = await accept(db, bot, [{ recipient, purpose: 'order_updates' }])
  await render(db, ids)
  const answer = await withdraw(shop, { contact_id: shop.contactId, all: true })
  expect(answer.status).toBe(201)
  expect(answer.purposes.toSorted()).toEqual([...PURPOSES].toSorted())
  const turn = await beginTurn(db, bot, RESEND_AFTER_MS)
  assert(turn !== undefined)
  expect(await claimIds(db, { ...bot, epoch: turn.epoch })).toEqual([])
  expect(await listStatuses(db, ids)).toEqual(['suppressed: consent_withdrawn'])
  expect((await ask(shop, { url: '/v1/reach?purpose=order_updates' })).body).toMatchObject({ consenting: 0 })
})

test('it needs a contact and what is withdrawn, nothing else, and is in the ledger once', async () => {
  const shop = await createShop()
  const body = { external_id: shop.recipient, purposes: ['marketing', 'documents', 'marketing'] }
  const answers = await Promise.all(Array.from({ length: 8 }, () => withdraw(shop, body)))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(answers.flatMap(({ purposes }) => purposes).toSorted()).toEqual(['documents', 'marketing'])
  const { rows } = await sql<{ source: string; actor: string }>`
    select source, actor from consents where contact_id = ${shop.contactId} and action = 'withdrawn'`.execute(
    db,
  )
  const entry = { source: 'api', actor: `api_key:${shop.keyId}` }
  expect(rows).toEqual([entry, entry])
})

test('the same request that comes late again takes nothing back that was granted since', async () => {
  const shop = await createShop()
  const body = { external_id: shop.recipient, purpose: 'marketing', idempotency_key: 'letter 7' }
  expect((await withdraw(shop, body)).status).toBe(201)
  await decide(db, shop.bot, { contactId: shop.contactId, purpose: 'marketing', action: 'granted' })
  expect(await withdraw(shop, body)).toMatchObject({ status: 200, purposes: [] })
  expect((await withdraw(shop, { ...body, purpose: 'messages' })).purposes).toEqual(['messages'])
  expect((await withdraw(shop, { ...body, idempotency_key: 'letter 8' })).purposes).toEqual(['marketing'])
})

test.each([
  [{}, ['/purposes required']],
  [{ purpose: 'marketing', all: true }, ['/purposes two_choices']],
  [{ purposes: [] }, ['/purposes empty']],
  [{ purposes: ['spam'] }, ['/purposes/0 not_allowed']],
  [{ all: false }, ['/all not_allowed']],
  [{ purpose: 'marketing', source: 'bot_dialog' }, ['/source not_allowed']],
  [{ purpose: 'marketing', external_id: 'nobody' }, ['/external_id unknown_contact']],
  [{ purpose: 'marketing', obtained_at: '2026-01-01T00:00:00Z' }, ['/obtained_at unknown_field']],
])('what cannot be understood withdraws nothing: %j', async (body, errors) => {
  const shop = await createShop()
  const answer = await withdraw(shop, { external_id: shop.recipient, ...body })
  expect([answer.status, errorsOf(answer)]).toEqual([422, errors])
  const { body: ledger } = await ask(shop, { url: `/v1/consents?contact=${shop.contactId}&action=withdrawn` })
  expect(ledger).toEqual({ items: [] })
})

test('a contact must be named, of this shop, and not erased', async () => {
  const [shop, elsewhere] = [await createShop(), await createShop()]
  expect(errorsOf(await withdraw(shop, { all: true }))).toEqual(['/external_id required'])
  expect((await withdraw(elsewhere, { contact_id: shop.contactId, all: true })).status).toBe(422)
  await sql`update contacts set erased_at = now() where id = ${shop.contactId}`.execute(db)
  expect((await withdraw(shop, { contact_id: shop.contactId, all: true })).status).toBe(409)
  const reader = await createShop('consents:read')
  expect((await withdraw(reader, { contact_id: reader.contactId, all: true })).status).toBe(403)
})
