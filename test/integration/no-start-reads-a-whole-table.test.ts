import assert from 'node:assert/strict'
import {
  bindChat,
  completeContact,
  createGroup,
  findContactOfPerson,
  findLinkOfRegistration,
  findLiveContact,
  findOnlyContact,
  forgetErasure,
  isOnlyThisPerson,
  isTapOvertaken,
  joinGroup,
  leaveGroup,
  listGroupChoices,
  listPurposesSinceStart,
  listServedBots,
  mergeContacts,
  noteRegistrationOfLink,
  offerPurposes,
  recordVerifiedPhone,
  takeOptinLink,
  type Database,
} from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openTestDatabase } from './database-under-test.ts'
import { fillMessages } from './large-tables.ts'
import { createExplain, listNodes } from './statement-plans.ts'

const CONTACTS = 20_000

const { url, db } = await openTestDatabase()
const bot = await fillMessages(db, CONTACTS, { sent: 20_000, queued: 6_000, sending: 50, unknown: 300 })
const { shopId, botId } = bot
const group = await createGroup(db, shopId, { keyword: 'vip', name: 'VIP' })
await fillBook()
await sql`analyze`.execute(db)
const explain = createExplain(url)

/** Everybody has a phone, a mailbox, a link that was used, a consent and a place in the group; every tenth one was merged. */
async function fillBook(): Promise<void> {
  for (const statement of [
    sql`update contacts set phone = '+39' || (3000000000 + id), email = 'person-' || id || '@example.it', origin = 'start'`,
    sql`update contacts set merged_into = id + 1 where id % 10 = 0 and id < (select max(id) from contacts)`,
    sql`insert into group_members (shop_id, group_id, contact_id, source)
      select shop_id, ${group!.id}, id, 'test' from contacts`,
    sql`insert into optin_links (shop_id, token_hash, bot_id, contact_id, purposes, source, expires_at, used_at, registration_id)
      select shop_id, sha256(id::text::bytea), bot_id, contact_id, '{}', 'test', now() + interval '1 day', now(), id
      from registrations`,
    sql`insert into consents (shop_id, contact_id, purpose, action, source, actor, evidence)
      select shop_id, id, 'marketing', 'granted', 'test', 'contact', '{}' from contacts`,
    // Every shop has asked with Postino's words, and the tenth one with its own.
    sql`insert into shops (slug, name) select 'asks-' || i, 'Shop' from generate_series(1, 2000) i`,
    sql`insert into wordings (shop_id, hash, purpose, locale, version, title, text, is_default)
      select shops.id, 'hash-' || words, 'purpose-' || words % 10, 'en', words / 10, 'x', 'x', words < 10 or shops.id % 10 > 0
      from shops cross join generate_series(0, 19) words`,
    sql`insert into erased_chats (shop_id, chat_hash)
      select ${shopId}, sha256(i::text::bytea) from generate_series(1, 20000) i`,
  ])
    await statement.execute(db)
}

const LARGE = new Set([
  'messages',
  'contacts',
  'registrations',
  'consents',
  'optin_links',
  'group_members',
  'erased_chats',
  'wordings',
])

const [from, into] = await db
  .selectFrom('registrations')
  .select(['id', 'contact_id', 'chat_id'])
  .where('shop_id', '=', shopId)
  .where(sql<boolean>`contact_id % 10 > 1`)
  .orderBy('id')
  .limit(2)
  .execute()
assert(from !== undefined && into !== undefined)

const person = { contactId: from.contact_id, telegramUserId: Number(from.chat_id) }
const act = { groupId: group!.id, contactId: from.contact_id, source: 'test' }
const tap = { registrationId: from.id, contactId: from.contact_id, botId, updateId: 7 }

const OF_THE_BOT: Record<string, (db: Database) => Promise<unknown>> = {
  findLiveContact: (trx) => findLiveContact(trx, shopId, from.contact_id),
  findContactOfPerson: (trx) => findContactOfPerson(trx, shopId, person.telegramUserId),
  'findOnlyContact, phone': (trx) => findOnlyContact(trx, shopId, { phone: '+393000000042' }),
  'findOnlyContact, email': (trx) => findOnlyContact(trx, shopId, { email: 'Person-42@example.it' }),
  isOnlyThisPerson: (trx) => isOnlyThisPerson(trx, shopId, person),
  completeContact: (trx) => completeContact(trx, shopId, { contactId: from.contact_id, firstName: 'Ada' }),
  recordVerifiedPhone: (trx) =>
    recordVerifiedPhone(trx, shopId, { contactId: from.contact_id, phone: '+393000000001' }),
  forgetErasure: (trx) => forgetErasure(trx, shopId, person.telegramUserId),
  takeOptinLink: (trx) => takeOptinLink(trx, shopId, { botId, token: 'x' }),
  noteRegistrationOfLink: (trx) =>
    noteRegistrationOfLink(trx, shopId, { linkId: '1', registrationId: from.id }),
  findLinkOfRegistration: (trx) => findLinkOfRegistration(trx, shopId, from.id),
  bindChat: (trx) =>
    bindChat(trx, shopId, {
      botId,
      contactId: from.contact_id,
      chatId: person.telegramUserId,
      telegramUserId: person.telegramUserId,
      source: 'test',
      purposes: ['marketing'],
      update: { date: 1_000, id: 1 },
    }),
  offerPurposes: (trx) => offerPurposes(trx, shopId, { registrationId: from.id, purposes: ['marketing'] }),
  isTapOvertaken: (trx) => isTapOvertaken(trx, shopId, { ...tap, purpose: 'marketing', action: 'granted' }),
  listPurposesSinceStart: (trx) => listPurposesSinceStart(trx, shopId, from.id),
  joinGroup: (trx) => joinGroup(trx, shopId, act),
  leaveGroup: (trx) => leaveGroup(trx, shopId, act),
  listGroupChoices: (trx) => listGroupChoices(trx, shopId, { contactId: from.contact_id, limit: 50 }),
  listServedBots: (trx) => listServedBots(trx),
  mergeContacts: (trx) =>
    mergeContacts(trx, shopId, {
      fromContactId: from.contact_id,
      intoContactId: into.contact_id,
      matchedBy: 'link',
      actor: 'contact',
      evidence: {},
    }),
}

test.each(Object.keys(OF_THE_BOT))('%s finds what it needs by indexes', async (name) => {
  const work = OF_THE_BOT[name]
  assert(work !== undefined)
  const plans = await explain(work)
  expect(plans.length).toBeGreaterThan(0)
  for (const { text, root } of plans) {
    const scans = listNodes(root).filter((node) => node['Node Type'].includes('Seq Scan'))
    const scanned = scans.map((scan) => scan['Relation Name'] ?? '').filter((table) => LARGE.has(table))
    expect(scanned, text).toEqual([])
  }
})
