import { Readable } from 'node:stream'
import {
  bindChat,
  closeRegistration,
  findRegistrationByChat,
  importRegistrations,
  insertConsents,
  insertStartContact,
  lockPerson,
  type Database,
} from '@postino/database'
import { readRegistrations } from '@postino/imports'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createBot, openTestDatabase } from './database-under-test.ts'

const { db } = await openTestDatabase()
const bot = await createBot(db)
const CHATS = 300
const NOW_SECONDS = Math.floor(Date.now() / 1_000)

function makeFile(): string {
  const words = 'We write to you on Telegram about your orders.'
  const lines = Array.from({ length: CHATS }, (_, index) => {
    return `${5_000 + index},,order_updates documents,2026-03-01,checkout,${words},form ${index}`
  })
  return ['chat_id,external_id,purposes,date,source,wording,reference', ...lines].join('\n')
}

async function importFile() {
  return await importRegistrations(db, bot.shopId, {
    botId: bot.botId,
    actor: 'operator',
    batches: readRegistrations(Readable.from([makeFile()]), Date.now()),
    onIssues: () => undefined,
  })
}

/** START and then STOP in one chat, as the bot handles them. */
async function startAndStop(chatId: number): Promise<void> {
  await inChat(chatId, async (trx) => {
    const known = await findRegistrationByChat(trx, bot.shopId, { botId: bot.botId, chatId })
    const contactId = known?.contactId ?? (await insertStartContact(trx, bot.shopId)).id
    const chat = { botId: bot.botId, contactId, chatId, telegramUserId: chatId }
    const update = { date: NOW_SECONDS, id: 1 }
    await bindChat(trx, bot.shopId, { ...chat, source: 'bot_dialog', purposes: [], update })
  })
  await inChat(chatId, async (trx) => {
    const found = await findRegistrationByChat(trx, bot.shopId, { botId: bot.botId, chatId })
    if (found === undefined) throw new Error('the chat was opened a moment ago')
    const update = { date: NOW_SECONDS + 1, id: 2 }
    const ending = { registrationId: found.id, status: 'stopped', reason: 'r', update } as const
    await closeRegistration(trx, bot.shopId, ending)
    const proof = { source: 'stop', actor: 'contact', evidence: { update_id: 2 } }
    await insertConsents(trx, bot.shopId, found.contactId, [
      { purpose: 'order_updates', action: 'withdrawn', ...proof },
    ])
  })
}

async function inChat(chatId: number, work: (trx: Database) => Promise<void>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockPerson(trx, bot.shopId, chatId)
    await work(trx)
  })
}

test('[CM-4] whoever stops while a file is imported, twice at a time, stays stopped, and everybody has one chat', async () => {
  const stopping = Array.from({ length: CHATS / 2 }, (_, index) => 5_000 + 2 * index)
  await Promise.all([importFile(), importFile(), ...stopping.toReversed().map(startAndStop)])
  const { rows } = await sql<{ chatId: string; status: string; granted: string[]; entries: number }>`
    select registration.chat_id as "chatId", registration.status, contact.granted_purposes as granted,
      (select count(*)::int from consents where contact_id = contact.id and action = 'granted') as entries
    from registrations registration join contacts contact on contact.id = registration.contact_id
    where registration.shop_id = ${bot.shopId} order by registration.chat_id`.execute(db)
  expect(rows).toHaveLength(CHATS)
  for (const { chatId, status, granted, entries } of rows) {
    const hasStopped = stopping.includes(Number(chatId))
    expect(status).toBe(hasStopped ? 'stopped' : 'active')
    expect(granted).not.toContain(hasStopped ? 'order_updates' : 'marketing')
    expect(entries).toBeLessThanOrEqual(2)
  }
  expect(rows.filter(({ granted }) => granted.includes('documents')).length).toBeGreaterThanOrEqual(CHATS / 2)
  expect(await importFile()).toMatchObject({ registered: 0, granted: 0, refused: 0, unchanged: CHATS })
})
