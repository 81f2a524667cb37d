import assert from 'node:assert/strict'
import {
  addGroupMembers,
  createGroup,
  estimateReach,
  loadMessagesToRender,
  loadShopsToRender,
  upsertContact,
} from '@postino/database'
import { rightToTell } from '@postino/domain'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  accept,
  beginTurn,
  claim,
  createBot,
  createContact,
  createContacts,
  decide,
  openTestDatabase,
  queue,
  RESEND_AFTER_MS,
  type TestBot,
  type TestContact,
} from './database-under-test.ts'

const { db } = await openTestDatabase()

const NOBODY = {
  total: 0,
  reachable: 0,
  consenting: 0,
  deliverable: 0,
  notRegistered: 0,
  blocked: 0,
  stopped: 0,
  revoked: 0,
  overQuota: 0,
  outsideSandbox: 0,
}

async function change(bot: TestBot, people: TestContact[], column: string, value: unknown): Promise<void> {
  const ids = people.map(({ registrationId }) => registrationId)
  await sql`update registrations set ${sql.ref(column)} = ${value}
    where shop_id = ${bot.shopId} and id = any (${ids}::bigint[])`.execute(db)
}

test('[WEB-28] a mixed group is counted by who can be told, and why the others cannot', async () => {
  const bot = await createBot(db)
  const people = await createContacts(db, bot, 9)
  const group = await createGroup(db, bot.shopId, { keyword: 'vip', name: 'VIP' })
  assert(group !== undefined)
  await sql`insert into contacts (shop_id, external_id) values (${bot.shopId}, 'no-chat')`.execute(db)
  const externalIds = ['no-chat', ...people.slice(1).map(({ recipient }) => recipient)]
  await addGroupMembers(db, bot.shopId, { groupId: group.id, externalIds, source: 'api' })
  for (const { contactId } of people)
    await decide(db, bot, { contactId, purpose: 'marketing', action: 'granted' })
  await decide(db, bot, { contactId: people[2]!.contactId, purpose: 'marketing', action: 'withdrawn' })
  await change(bot, [people[3]!], 'status', 'blocked')
  await change(bot, [people[4]!], 'status', 'stopped')
  await change(bot, [people[5]!], 'status', 'revoked')
  await change(bot, [people[6]!], 'is_over_quota', true)

  const expected = {
    total: 9,
    reachable: 5,
    consenting: 4,
    deliverable: 3,
    notRegistered: 1,
    blocked: 1,
    stopped: 1,
    revoked: 1,
    overQuota: 1,
    outsideSandbox: 0,
  }
  const purpose = 'marketing'
  expect(await estimateReach(db, bot.shopId, { purpose, groupId: group.id })).toEqual(expected)
  // The first one is in the shop's book, but not in the group.
  expect(await estimateReach(db, bot.shopId, { purpose })).toEqual({
    ...expected,
    total: 10,
    reachable: 6,
    consenting: 5,
    deliverable: 4,
  })
})

test('[WEB-8, CM-12] who would get a message is who a claim sends to', async () => {
  const bot = await createBot(db)
  const people = await createContacts(db, bot, 8)
  const recipients = people.map(({ recipient }) => ({ recipient, purpose: 'marketing' as const }))
  for (const { contactId } of people.slice(0, 6))
    await decide(db, bot, { contactId, purpose: 'marketing', action: 'granted' })
  await queue(db, bot, recipients)
  await change(bot, [people[0]!], 'is_over_quota', true)
  await change(bot, [people[1]!, people[2]!], 'is_tester', true)
  await sql`update shops set mode = 'sandbox' where id = ${bot.shopId}`.execute(db)
  await decide(db, bot, { contactId: people[2]!.contactId, purpose: 'marketing', action: 'withdrawn' })
  const reach = await estimateReach(db, bot.shopId, { purpose: 'marketing' })
  expect(reach).toMatchObject({ reachable: 8, consenting: 5, deliverable: 1, outsideSandbox: 6 })
  const turn = await beginTurn(db, bot, RESEND_AFTER_MS)
  assert(turn !== undefined)
  const sent = (await claim(db, { ...bot, epoch: turn.epoch })).filter(({ status }) => status === 'sending')
  expect(sent).toHaveLength(reach.deliverable)
})

test('[WEB-28] whatever people’s chats and consents are, it counts those whom rendering would write to', async () => {
  const chat = fc.record({
    status: fc.constantFrom('active', 'active', 'blocked', 'stopped', 'revoked'),
    isTester: fc.boolean(),
    isOverQuota: fc.boolean(),
  })
  const person = fc.record({
    chats: fc.array(chat, { maxLength: 3 }),
    act: fc.constantFrom('granted' as const, 'withdrawn' as const, undefined),
  })
  const scene = fc.record({
    people: fc.array(person, { maxLength: 6 }),
    mode: fc.constantFrom('live', 'sandbox'),
    contract: fc.boolean(),
    purpose: fc.constantFrom('order_updates' as const, 'marketing' as const),
  })
  await fc.assert(
    fc.asyncProperty(scene, async ({ people, mode, contract, purpose }) => {
      const bot = await createBot(db, contract ? ['order_updates'] : [])
      const { shopId } = bot
      await sql`update shops set mode = ${mode} where id = ${shopId}`.execute(db)
      const recipients: string[] = []
      for (const { chats, act } of people) {
        const { contactId, recipient, registrationId } = await createContact(db, bot)
        recipients.push(recipient)
        await sql`delete from registrations where id = ${registrationId}`.execute(db)
        await sql`
          insert into registrations (shop_id, bot_id, contact_id, chat_id, telegram_user_id, source, status, is_tester, is_over_quota)
          select ${shopId}, ${bot.botId}, ${contactId}, ${contactId}::bigint * 10 + place, 1, 'test', status, "isTester", "isOverQuota"
          from rows from (jsonb_to_recordset(${JSON.stringify(chats)}::jsonb)
            as (status text, "isTester" boolean, "isOverQuota" boolean)) with ordinality as chat (status, "isTester", "isOverQuota", place)`.execute(
          db,
        )
        if (act !== undefined) await decide(db, bot, { contactId, purpose, action: act })
      }
      const ids = await accept(
        db,
        bot,
        recipients.map((recipient) => ({ recipient, purpose })),
      )
      const toRender = await loadMessagesToRender(db, ids)
      const [shop] = await loadShopsToRender(db, [{ shopId: bot.shopId, kind: '', state: '' }])
      const told = toRender.filter(({ contact, registration, shopMode }) => {
        assert(contact !== null)
        const { status } = rightToTell({
          registration: registration?.status,
          purpose,
          granted: contact.grantedPurposes,
          withdrawn: contact.withdrawnPurposes,
          contractPurposes: shop!.contractPurposes,
          isOutsideSandbox: shopMode === 'sandbox' && registration?.isTester === false,
          isOverQuota: registration?.isOverQuota === true,
        })
        return status === 'allowed'
      })
      const reach = await estimateReach(db, shopId, { purpose })
      expect([reach.total, reach.deliverable]).toEqual([people.length, told.length])
      expect(reach.reachable + reach.notRegistered + reach.blocked + reach.stopped + reach.revoked).toBe(
        reach.total,
      )
    }),
    { numRuns: 40 },
  )
})

test('order updates that rest on the contract reach who never agreed, but not who withdrew; marketing never', async () => {
  const bot = await createBot(db, ['order_updates'])
  const [, gone] = await createContacts(db, bot, 2)
  await decide(db, bot, { contactId: gone!.contactId, purpose: 'order_updates', action: 'withdrawn' })
  const consenting = async (purpose: 'order_updates' | 'marketing') =>
    (await estimateReach(db, bot.shopId, { purpose })).consenting
  expect([await consenting('order_updates'), await consenting('marketing')]).toEqual([1, 0])
})

test('[WEB-25, WEB-26] a number in the book reaches nobody; a chat does, with consent', async () => {
  const bot = await createBot(db)
  const { shopId } = bot
  await upsertContact(db, shopId, {
    externalId: 'numbers alone',
    phone: '+393471234567',
    email: 'a@example.it',
  })
  const reach = () => estimateReach(db, shopId, { purpose: 'messages' })
  expect(await reach()).toMatchObject({ total: 1, reachable: 0, notRegistered: 1 })
  const { contactId, recipient } = await createContact(db, bot)
  await upsertContact(db, shopId, { externalId: recipient, phone: '+393471234568' })
  expect(await reach()).toMatchObject({ total: 2, reachable: 1, consenting: 0, deliverable: 0 })
  await decide(db, bot, { contactId, purpose: 'messages', action: 'granted' })
  expect(await reach()).toMatchObject({ total: 2, reachable: 1, consenting: 1, deliverable: 1 })
})

test('a person with several chats counts once, by the best of them', async () => {
  const bot = await createBot(db)
  const [person, other] = await createContacts(db, bot, 2)
  await change(bot, [person!], 'status', 'blocked')
  await sql`update registrations set contact_id = ${person!.contactId} where id = ${other!.registrationId}`.execute(
    db,
  )
  expect(await estimateReach(db, bot.shopId, { purpose: 'messages' })).toEqual({
    ...NOBODY,
    total: 2,
    reachable: 1,
    notRegistered: 1,
  })
})

test('who was merged, erased or taken out of the book is nobody, and nobody of another shop counts', async () => {
  const bot = await createBot(db)
  const people = await createContacts(db, bot, 3)
  await sql`update contacts set merged_into = ${people[1]!.contactId} where id = ${people[0]!.contactId}`.execute(
    db,
  )
  await sql`update contacts set erased_at = now() where id = ${people[1]!.contactId}`.execute(db)
  await sql`update contacts set removed_at = now() where id = ${people[2]!.contactId}`.execute(db)
  const purpose = 'messages'
  expect(await estimateReach(db, bot.shopId, { purpose })).toEqual(NOBODY)
  const elsewhere = await createBot(db)
  const group = await createGroup(db, bot.shopId, { keyword: 'vip', name: 'VIP' })
  expect(await estimateReach(db, elsewhere.shopId, { purpose, groupId: group?.id })).toEqual(NOBODY)
})
