import {
  admitRegistration,
  admitWaitingRegistrations,
  closeRegistration,
  findRegistrationUsage,
  listShopsWithQuota,
} from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  beginTurn,
  claim,
  createBot,
  createContacts,
  findMessage,
  openTestDatabase,
  queue,
  RESEND_AFTER_MS,
  type TestBot,
  type TestContact,
} from './database-under-test.ts'

const { db } = await openTestDatabase()

async function setQuota({ shopId }: TestBot, limit: number | null): Promise<void> {
  await sql`update shops set max_registrations = ${limit} where id = ${shopId}`.execute(db)
}

/** Opens them one after the other, or all at once; answers which of them wait. */
async function admit(bot: TestBot, contacts: TestContact[]): Promise<boolean[]> {
  return await Promise.all(
    contacts.map(async ({ registrationId }) => {
      const { isOverQuota } = await db
        .transaction()
        .execute((trx) => admitRegistration(trx, bot.shopId, { registrationId }))
      return isOverQuota
    }),
  )
}

/** A shop with so many places and so many people, all of whom come at the same time. */
async function prepareShop(places: number, people: number) {
  const bot = await createBot(db)
  const contacts = await createContacts(db, bot, people)
  await sql`update registrations set status = 'stopped' where shop_id = ${bot.shopId}`.execute(db)
  await setQuota(bot, places)
  for (const { registrationId } of contacts) {
    await sql`update registrations set status = 'active', status_changed_at = clock_timestamp()
      where id = ${registrationId}`.execute(db)
    await admit(
      bot,
      contacts.filter((contact) => contact.registrationId === registrationId),
    )
  }
  return { bot, contacts }
}

test('[WEB-16] who comes when the quota is full is kept, and waits', async () => {
  const { bot, contacts } = await prepareShop(3, 5)
  expect(await findRegistrationUsage(db, bot.shopId)).toEqual({
    open: 3,
    waiting: 2,
    limit: 3,
    warning: 'reached',
  })
  const ids = await queue(db, bot, contacts)
  const begun = await beginTurn(db, bot, RESEND_AFTER_MS)
  const claims = await claim(db, { ...bot, epoch: begun!.epoch })
  expect(claims.map((each) => each.status)).toEqual([
    ...Array.from({ length: 3 }, () => 'sending'),
    ...Array.from({ length: 2 }, () => 'suppressed'),
  ])
  expect(await findMessage(db, ids[4]!)).toMatchObject({ status: 'suppressed', reason: 'quota' })
})

test('[WEB-16] twenty who come at the same moment get no more places than there are', async () => {
  const bot = await createBot(db)
  const contacts = await createContacts(db, bot, 20)
  // As if the twenty transactions had each opened one.
  await sql`update registrations set is_over_quota = true where shop_id = ${bot.shopId}`.execute(db)
  await setQuota(bot, 7)
  await admit(bot, contacts)
  expect(await findRegistrationUsage(db, bot.shopId)).toMatchObject({ open: 7, waiting: 13 })
})

test('[WEB-16] the next in the line gets a place that has become free, and all of them when the quota is lifted', async () => {
  const { bot, contacts } = await prepareShop(2, 5)
  expect(await admitWaitingRegistrations(db, bot.shopId)).toBe(0)
  await closeRegistration(db, bot.shopId, {
    registrationId: contacts[0]!.registrationId,
    status: 'stopped',
    reason: 'registration_stopped',
  })
  expect(await admitWaitingRegistrations(db, bot.shopId)).toBe(1)
  const { rows } = await sql<{ id: string }>`
    select id from registrations where shop_id = ${bot.shopId} and is_over_quota order by id`.execute(db)
  expect(rows.map(({ id }) => id)).toEqual([contacts[3]!.registrationId, contacts[4]!.registrationId])
  await setQuota(bot, null)
  expect(await listShopsWithQuota(db)).toContainEqual(expect.objectContaining({ shopId: bot.shopId }))
  expect(await admitWaitingRegistrations(db, bot.shopId)).toBe(2)
  expect(await findRegistrationUsage(db, bot.shopId)).toEqual({ open: 4, waiting: 0 })
})

test('[WEB-6] a lower quota takes nobody’s place, not even of who presses START again', async () => {
  const { bot, contacts } = await prepareShop(5, 5)
  await setQuota(bot, 1)
  const { registrationId } = contacts[4]!
  expect(await admitRegistration(db, bot.shopId, { registrationId, wasOpen: true })).toEqual({
    isOverQuota: false,
  })
  expect(await findRegistrationUsage(db, bot.shopId)).toMatchObject({ open: 5, waiting: 0 })
})

test.each([
  [7, undefined],
  [8, 'near'],
  [9, 'near'],
  [10, 'reached'],
])('[WEB-16] with %i of 10 places taken the shop is told: %s', async (people, warning) => {
  const { bot } = await prepareShop(10, people)
  expect((await findRegistrationUsage(db, bot.shopId)).warning).toBe(warning)
})

test('a shop without a quota is looked at no more once those who waited have left', async () => {
  const { bot, contacts } = await prepareShop(1, 2)
  await setQuota(bot, null)
  const isListed = async () => (await listShopsWithQuota(db)).some(({ shopId }) => shopId === bot.shopId)
  expect(await isListed()).toBe(true)
  await closeRegistration(db, bot.shopId, {
    registrationId: contacts[1]!.registrationId,
    status: 'stopped',
    reason: 'registration_stopped',
  })
  expect(await isListed()).toBe(false)
})
