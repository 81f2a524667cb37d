import { listForgottenBots, listForgottenMessages, withSweepLock, type Database } from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  beginTurn,
  accept,
  claim,
  createBot,
  createContact,
  openTestDatabase,
  queue,
  record,
  RESEND_AFTER_MS,
  type TestBot,
} from './database-under-test.ts'

const { db } = await openTestDatabase()

const MINUTE_MS = 60_000

async function setUp() {
  const bot = await createBot(db)
  return { bot, contact: await createContact(db, bot) }
}

/** Lets an hour pass for all that belongs to the shop. */
async function age({ shopId }: TestBot): Promise<void> {
  await sql`
    update messages set accepted_at = accepted_at - interval '1 hour', queued_at = queued_at - interval '1 hour',
      claimed_at = claimed_at - interval '1 hour', due_at = due_at - interval '1 hour' where shop_id = ${shopId}`.execute(
    db,
  )
  await sql`
    update bots set turn_started_at = turn_started_at - interval '1 hour' where shop_id = ${shopId}`.execute(
    db,
  )
}

async function isForgotten({ botId }: TestBot): Promise<boolean> {
  const bots = await listForgottenBots(db, { idleMs: MINUTE_MS, limit: 1_000 })
  return bots.some((bot) => bot.botId === botId)
}

test('messages that nobody rendered are found, the oldest first and no more than asked for', async () => {
  const { bot, contact } = await setUp()
  const ids = await accept(db, bot, [contact, contact, contact])
  const find = (limit = 10) => listForgottenMessages(db, { olderThanMs: MINUTE_MS, limit })
  expect(await find()).toEqual([])
  await age(bot)
  await accept(db, bot, [contact])
  expect((await find()).toSorted((a, b) => Number(a) - Number(b))).toEqual(ids)
  await sql`update messages set accepted_at = accepted_at - interval '1 day' where id = ${ids[2]}`.execute(db)
  expect((await find(2))[0]).toBe(ids[2])
  expect(await find(2)).toHaveLength(2)
  await sql`update messages set status = 'failed' where shop_id = ${bot.shopId}`.execute(db)
})

test('a bot is found when something waits that its last turn did not see', async () => {
  const { bot, contact } = await setUp()
  expect(await isForgotten(bot)).toBe(false)
  await queue(db, bot, [contact])
  expect(await isForgotten(bot)).toBe(false)
  await age(bot)
  expect(await isForgotten(bot)).toBe(true)
  await beginTurn(db, bot, RESEND_AFTER_MS)
  expect(await isForgotten(bot)).toBe(false)
})

test('a bot is found when a message’s time has come, and not before', async () => {
  const { bot, contact } = await setUp()
  const [id = ''] = await queue(db, bot, [contact])
  const { epoch } = (await beginTurn(db, bot, RESEND_AFTER_MS))!
  await claim(db, { ...bot, epoch })
  await record(db, { ...bot, epoch }, { id, status: 'queued', dueInMs: 90 * MINUTE_MS })
  await age(bot)
  expect(await isForgotten(bot)).toBe(false)
  await age(bot)
  expect(await isForgotten(bot)).toBe(true)
})

test('a bot is found when its sender died in the middle of a call, and again when the resend is due', async () => {
  const { bot, contact } = await setUp()
  await queue(db, bot, [contact])
  const { epoch } = (await beginTurn(db, bot, RESEND_AFTER_MS))!
  await claim(db, { ...bot, epoch })
  expect(await isForgotten(bot)).toBe(false)
  await age(bot)
  expect(await isForgotten(bot)).toBe(true)
  await beginTurn(db, bot, RESEND_AFTER_MS)
  expect(await isForgotten(bot)).toBe(false)
  await age(bot)
  expect(await isForgotten(bot)).toBe(true)
})

test.each([
  ['is cooling', sql`cooling_until = now() + interval '1 hour'`],
  ['is paused', sql`status = 'paused'`],
  ['is broken', sql`status = 'broken'`],
])('a bot that %s is left alone', async (_, change) => {
  const { bot, contact } = await setUp()
  await queue(db, bot, [contact])
  await age(bot)
  expect(await isForgotten(bot)).toBe(true)
  await sql`update bots set ${change} where id = ${bot.botId}`.execute(db)
  expect(await isForgotten(bot)).toBe(false)
})

test('one process sweeps at a time, and the next one may when it has ended, also by failing', async () => {
  const inside = await withSweepLock(db, async () => await withSweepLock(db, async () => 'both'))
  expect(inside).toBeUndefined()
  await expect(withSweepLock(db, fail)).rejects.toThrow('broke')
  expect(await withSweepLock(db, async (locked: Database) => typeof locked)).toBe('object')
})

function fail(): Promise<never> {
  return Promise.reject(new Error('it broke'))
}
