import {
  acceptEvents,
  createGroup,
  addGroupMembers,
  eraseContact,
  exportContact,
  insertConsents,
  insertOptinLink,
  recordWordings,
  upsertContact,
} from '@postino/database'
import { wordingFor, wordingHash } from '@postino/domain'
import { renderExportHtml } from '@postino/privacy'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  accept,
  createBot,
  createContact,
  newEvent,
  openTestDatabase,
  queue,
  type TestBot,
  type TestContact,
} from './database-under-test.ts'

const { db } = await openTestDatabase()
const WORDING = wordingFor('marketing', 'it')

async function addConsent(bot: TestBot, contact: TestContact) {
  await recordWordings(db, bot.shopId, [{ ...WORDING, isDefault: true }])
  const { id, version } = WORDING
  return await insertConsents(db, bot.shopId, contact.contactId, [
    {
      purpose: 'marketing',
      action: 'granted',
      wording: { id, version, hash: wordingHash(WORDING) },
      locale: 'it',
      source: 'paper_form',
      actor: 'shop',
      evidence: { obtained_at: '2026-01-01' },
      details: { reference: 'form 7' },
    },
  ])
}

function orderFor(person: object, more: Record<string, unknown> = {}) {
  return {
    id: 'e',
    type: 'order.status_changed',
    source: '/test',
    data: { customer: person, note: 'Ciao', ...more },
  }
}

test('[CM-16, U5, WEB-15, U10] the export has profile, chats, groups, proof of consent, links, messages and events, and can be read', async () => {
  const bot = await createBot(db)
  const contact = await createContact(db, bot)
  const { shopId } = bot
  const { recipient } = contact
  await upsertContact(db, shopId, {
    externalId: recipient,
    firstName: 'Ada',
    phone: '+390001',
    email: 'ada@example.it',
  })
  const [consentId] = await addConsent(bot, contact)
  const group = await createGroup(db, shopId, { keyword: 'club', name: 'Club', isOpen: true, purposes: [] })
  if (group === undefined) throw new Error('there is such a group already')
  await addGroupMembers(db, shopId, { groupId: group.id, externalIds: [recipient], source: 'api' })
  const { token } = await insertOptinLink(db, shopId, {
    botId: bot.botId,
    contactId: contact.contactId,
    purposes: ['marketing'],
    source: 'web_form',
    expiresInSeconds: 60,
  })
  const [messageId] = await queue(db, bot, [contact])
  const [other] = [await createContact(db, bot)]
  const person = { external_id: recipient, name: { first: 'Ada' } }
  const somebody = { external_id: other.recipient, name: { first: 'Bob' } }
  for (const event of [
    newEvent(shopId, [contact], { eventId: 'told', body: orderFor(person, { to: [person, somebody] }) }),
    newEvent(shopId, [other], { eventId: 'named', body: orderFor(somebody, { actor: person }) }),
    newEvent(shopId, [other], { eventId: 'of others', body: orderFor(somebody, { number: recipient }) }),
  ])
    await acceptEvents(db, [event])

  const data = await exportContact(db, shopId, contact.contactId)
  expect(data).toMatchObject({
    format: 'postino.contact-export.1',
    contact: { external_id: recipient, first_name: 'Ada', phone: '+390001', granted_purposes: ['marketing'] },
    registrations: [
      { chat_id: contact.chatId, status: 'active', offered_purposes: ['order_updates', 'marketing'] },
    ],
    groups: [{ keyword: 'club' }],
    consents: [
      {
        id: consentId,
        action: 'granted',
        wording: { title: WORDING.title, text: WORDING.text, hash: wordingHash(WORDING) },
        evidence: { obtained_at: '2026-01-01', details_hash: expect.any(String) },
        details: { reference: 'form 7' },
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        previous_hash: null,
      },
    ],
    optin_links: [{ source: 'web_form', used_at: null }],
    messages: {
      total: 2,
      items: [{ id: messageId, status: 'queued', content: { html: 'Ciao' } }, { status: 'accepted' }],
    },
    events: {
      total: 2,
      items: [
        {
          id: 'told',
          people: [
            { at: 'customer', person },
            { at: 'to/0', person },
          ],
          data: { customer: person, to: [person, { somebody_else: true }], note: 'Ciao' },
        },
        { id: 'named', people: [{ at: 'actor', person }], data: null },
      ],
    },
  })
  const text = JSON.stringify(data)
  expect(text).not.toContain('Bob')
  expect(text).not.toContain(token)

  const page = renderExportHtml(data!, 'it')
  for (const part of ['Ada', '+390001', WORDING.text, 'form 7', 'Club']) expect(page).toContain(part)
})

test('an export is of one shop: the same person at another shop is another matter', async () => {
  const bot = await createBot(db)
  const contact = await createContact(db, bot)
  const elsewhere = await createBot(db)
  expect(await exportContact(db, elsewhere.shopId, contact.contactId)).toBeUndefined()
  expect(await eraseContact(db, elsewhere.shopId, contact.contactId, { actor: 'test' })).toEqual({
    status: 'unknown_contact',
  })
  const { id } = await upsertContact(db, elsewhere.shopId, {
    externalId: contact.recipient,
    firstName: 'Twin',
  })
  const event = newEvent(elsewhere.shopId, [contact], { body: orderFor({ external_id: contact.recipient }) })
  await acceptEvents(db, [event])
  await eraseContact(db, bot.shopId, contact.contactId, { actor: 'test' })
  expect(await exportContact(db, elsewhere.shopId, id)).toMatchObject({
    contact: { first_name: 'Twin' },
    messages: { total: 1 },
    events: { total: 1 },
  })
})

test('of an erased person the export has the ledger, and nothing else', async () => {
  const bot = await createBot(db)
  const contact = await createContact(db, bot)
  await addConsent(bot, contact)
  await accept(db, bot, [contact])
  await eraseContact(db, bot.shopId, contact.contactId, { actor: 'operator' })
  expect(await exportContact(db, bot.shopId, contact.contactId)).toMatchObject({
    contact: {
      first_name: null,
      erased_at: expect.any(String),
      granted_purposes: [],
      withdrawn_purposes: ['marketing'],
    },
    registrations: [],
    consents: [
      { action: 'granted', details: null },
      { action: 'withdrawn', source: 'erasure', actor: 'operator' },
    ],
    messages: { total: 1, items: [{ status: 'suppressed', reason: 'erased', content: null }] },
    events: { total: 0 },
  })
})

test('of a long history the youngest 10,000 messages and events are exported, and all are counted', async () => {
  const bot = await createBot(db)
  const contact = await createContact(db, bot)
  await sql`
    with event as (
      insert into events (shop_id, source, event_id, kind, body, received_over, message_ids)
      select ${bot.shopId}, '/t', 'e' || n, 'order.status_changed',
        jsonb_set(${JSON.stringify(orderFor({ external_id: contact.recipient }))}::jsonb, '{data,note}', to_jsonb(n)), 'http',
        array[nextval(pg_get_serial_sequence('messages', 'id'))]
      from generate_series(1, 10050) n returning shop_id, id, message_ids
    )
    insert into messages (shop_id, id, event_id, recipient, role, kind, state, purpose, lane, status, ended_at)
    overriding system value
    select shop_id, message_ids[1], id, ${contact.recipient}, 'customer', 'order.status_changed', '', 'order_updates', 0, 'sent', now() from event`.execute(
    db,
  )
  const data = await exportContact(db, bot.shopId, contact.contactId)
  expect(data?.messages.total).toBe(10_050)
  expect(data?.messages.items).toHaveLength(10_000)
  expect(data?.messages.items.at(-1)).toMatchObject({ event_id: 'e10050' })
  expect(data?.events.total).toBe(10_050)
  expect(data?.events.items).toHaveLength(10_000)
  expect(data?.events.items[0]).toMatchObject({ id: 'e51' })
  expect(renderExportHtml(data!, 'uk')).toContain('Останні 10000 з 10050.')
  expect(await eraseContact(db, bot.shopId, contact.contactId, { actor: 'test' })).toMatchObject({
    messages: 10_050,
    events: 10_050,
  })
})
