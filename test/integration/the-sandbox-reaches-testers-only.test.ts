import { admitRegistration, loadMessagesToRender } from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  accept,
  beginTurn,
  claim,
  createBot,
  createContact,
  findMessage,
  openTestDatabase,
  queue,
  RESEND_AFTER_MS,
} from './database-under-test.ts'

const { db } = await openTestDatabase()

async function prepareSandbox() {
  const bot = await createBot(db)
  const customer = await createContact(db, bot)
  const tester = await createContact(db, bot)
  await sql`update registrations set is_tester = true where id = ${tester.registrationId}`.execute(db)
  const setMode = (mode: 'sandbox' | 'live') =>
    sql`update shops set mode = ${mode} where id = ${bot.shopId}`.execute(db)
  return { bot, customer, tester, setMode }
}

test('[WEB-3] what was queued before a shop went into the sandbox reaches its testers alone', async () => {
  const { bot, customer, tester, setMode } = await prepareSandbox()
  const [forCustomer = '', forTester = ''] = await queue(db, bot, [customer, tester])
  await setMode('sandbox')
  const begun = await beginTurn(db, bot, RESEND_AFTER_MS)
  const claims = await claim(db, { ...bot, epoch: begun!.epoch })
  expect(claims.map(({ id, status }) => [id, status])).toEqual([
    [forCustomer, 'suppressed'],
    [forTester, 'sending'],
  ])
  expect(await findMessage(db, forCustomer)).toMatchObject({ status: 'suppressed', reason: 'sandbox' })
})

test('[WEB-3] rendering is told of the sandbox and of who tests', async () => {
  const { bot, customer, tester, setMode } = await prepareSandbox()
  await setMode('sandbox')
  const loaded = await loadMessagesToRender(db, await accept(db, bot, [customer, tester]))
  expect(loaded.map(({ shopMode, registration }) => [shopMode, registration?.isTester])).toEqual([
    ['sandbox', false],
    ['sandbox', true],
  ])
})

test('a person with several chats is written to in the one that may be: a tester’s in the sandbox, one within the quota', async () => {
  const { bot, tester, setMode } = await prepareSandbox()
  const younger = await createContact(db, bot)
  await sql`update registrations set contact_id = ${tester.contactId} where id = ${younger.registrationId}`.execute(
    db,
  )
  const chosen = async () => {
    const [message] = await loadMessagesToRender(db, await accept(db, bot, [tester]))
    return message?.registration?.id
  }
  expect(await chosen()).toBe(younger.registrationId)
  await sql`update shops set max_registrations = 1 where id = ${bot.shopId}`.execute(db)
  expect(await admitRegistration(db, bot.shopId, younger)).toEqual({ isOverQuota: true })
  expect(await chosen()).toBe(tester.registrationId)
  await sql`update shops set max_registrations = null where id = ${bot.shopId}`.execute(db)
  await admitRegistration(db, bot.shopId, younger)
  expect(await chosen()).toBe(younger.registrationId)
  await setMode('sandbox')
  expect(await chosen()).toBe(tester.registrationId)
})

test('a bot that was archived is written through no more', async () => {
  const { bot, customer } = await prepareSandbox()
  await sql`update bots set status = 'archived' where id = ${bot.botId}`.execute(db)
  const [message] = await loadMessagesToRender(db, await accept(db, bot, [customer]))
  expect(message).toMatchObject({ contact: { id: customer.contactId }, registration: null })
})

test('a contact that became another one is reached by both names', async () => {
  const { bot, customer, tester } = await prepareSandbox()
  await sql`update contacts set merged_into = ${tester.contactId} where id = ${customer.contactId}`.execute(
    db,
  )
  const loaded = await loadMessagesToRender(db, await accept(db, bot, [customer, tester]))
  expect(loaded.map(({ contact, registration }) => [contact?.id, registration?.id])).toEqual([
    [tester.contactId, tester.registrationId],
    [tester.contactId, tester.registrationId],
  ])
})
