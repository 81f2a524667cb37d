import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { typeCommand } from './command-line.ts'
import { createBot, createContacts, openTestDatabase } from './database-under-test.ts'

const { url, db } = await openTestDatabase()

async function examine(slug: string) {
  const { out } = await typeCommand(['doctor', '--shop', slug], { DATABASE_URL: url })
  return out.split('\n').find((line) => line.includes(`consent in ${slug}`)) ?? ''
}

async function slugOf(shopId: string): Promise<string> {
  const { slug } = await db
    .selectFrom('shops')
    .select('slug')
    .where('id', '=', shopId)
    .executeTakeFirstOrThrow()
  return slug
}

beforeEach(() => sql`update bots set status = 'paused'`.execute(db))

test('[CM-14] a shop that asks for consent passes the check-up, and what rests on the contract is named', async () => {
  const bot = await createBot(db, [])
  await createContacts(db, bot, 2)
  const slug = await slugOf(bot.shopId)
  expect(await examine(slug)).toMatch(/✓.*live, everything rests on consent, 2 open registrations/)
  await sql`update shops set contract_purposes = '{order_updates}', mode = 'sandbox', max_registrations = 2
    where id = ${bot.shopId}`.execute(db)
  expect(await examine(slug)).toMatch(/✓.*sandbox.*order_updates on the contract.*2 of 2 registrations/)
})

test('[CM-14] reminders that rest on the contract fail the check-up, with the way out', async () => {
  const bot = await createBot(db, ['order_updates', 'cart_reminders'])
  expect(await examine(await slugOf(bot.shopId))).toMatch(
    /✗.*cart_reminders rest on the contract.*--contract/,
  )
})

test('[WEB-16] people who wait for a place are told of, with the way out', async () => {
  const bot = await createBot(db)
  await createContacts(db, bot, 3)
  await sql`update shops set max_registrations = 2 where id = ${bot.shopId}`.execute(db)
  await sql`update registrations set is_over_quota = true where id = (
    select max(id) from registrations where shop_id = ${bot.shopId})`.execute(db)
  expect(await examine(await slugOf(bot.shopId))).toMatch(/✗.*one person has opted in.*--max-registrations/)
})
