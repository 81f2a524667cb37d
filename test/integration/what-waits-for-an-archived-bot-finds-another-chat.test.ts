import {
  admitRegistration,
  archiveBot,
  bindChat,
  findRegistrationUsage,
  listArchivedBotsWithMessages,
  rehomeMessages,
} from '@postino/database'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  addBot,
  createBot,
  createContact,
  findMessage,
  listStatuses,
  openTestDatabase,
  queue,
} from './database-under-test.ts'

const { db } = await openTestDatabase()

test('[WEB-6] what waits for an archived bot goes to another chat of the same person, in its order, or ends with its reason', async () => {
  const oldBot = await createBot(db)
  const newBot = await addBot(db, oldBot.shopId)
  const moved = await createContact(db, oldBot)
  const left = await createContact(db, oldBot)
  const ids = await queue(db, oldBot, [moved, left, moved])
  const chatId = Number(moved.chatId)
  const bound = await bindChat(db, oldBot.shopId, {
    botId: newBot.botId,
    contactId: moved.contactId,
    chatId,
    telegramUserId: chatId,
    source: 't',
    purposes: [],
    update: { date: 2_000, id: 1 },
  })
  expect(await archiveBot(db, oldBot.shopId, oldBot.botId)).toBe(true)
  expect(await listArchivedBotsWithMessages(db)).toEqual([oldBot])
  expect(await rehomeMessages(db, oldBot, { limit: 2 })).toEqual({ seen: 2, bots: [newBot] })
  expect(await rehomeMessages(db, oldBot, { limit: 2 })).toEqual({ seen: 1, bots: [newBot] })
  expect(await listArchivedBotsWithMessages(db)).toEqual([])
  expect(await listStatuses(db, ids)).toEqual(['queued', 'suppressed: not_registered', 'queued'])
  const { rows } = await sql<{ registrationId: string }>`
    select registration_id as "registrationId" from messages where bot_id = ${newBot.botId} order by id`.execute(
    db,
  )
  expect(rows.map(({ registrationId }) => registrationId)).toEqual([bound?.id, bound?.id])
})

test('[WEB-6, WEB-16] who has moved while the quota was full has the place of the archived chat', async () => {
  const oldBot = await createBot(db)
  const newBot = await addBot(db, oldBot.shopId)
  const moved = await createContact(db, oldBot)
  await sql`update shops set max_registrations = 1 where id = ${oldBot.shopId}`.execute(db)
  const chatId = Number(moved.chatId)
  const chat = { botId: newBot.botId, contactId: moved.contactId, chatId, telegramUserId: chatId }
  const update = { date: 2_000, id: 1 }
  const bound = await bindChat(db, oldBot.shopId, { ...chat, source: 't', purposes: [], update })
  const registrationId = bound?.id ?? ''
  expect(await admitRegistration(db, oldBot.shopId, { registrationId })).toEqual({ isOverQuota: true })
  await archiveBot(db, oldBot.shopId, oldBot.botId)
  expect(await findRegistrationUsage(db, oldBot.shopId)).toMatchObject({ open: 1, waiting: 0, limit: 1 })
  const [id = ''] = await queue(db, oldBot, [moved])
  expect((await findMessage(db, id)).registration_id).toBe(registrationId)
})
