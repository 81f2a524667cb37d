import {
  acceptEvents,
  bindChat,
  endBotReplacement,
  findMessageTrail,
  findReplacementProgress,
  invitePeople,
  listEventTrails,
  listReplacementsUnderWay,
  startBotReplacement,
} from '@postino/database'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import {
  addBot,
  createBot,
  createContact,
  createContacts,
  decide,
  newEvent,
  openTestDatabase,
  type TestBot,
} from './database-under-test.ts'

const { db } = await openTestDatabase()
let oldBot: TestBot
let newBot: TestBot

beforeEach(async () => {
  await sql`update bot_replacements set ended_at = now()`.execute(db)
  oldBot = await createBot(db)
  newBot = await addBot(db, oldBot.shopId)
})

async function start() {
  return await startBotReplacement(db, oldBot.shopId, { oldBotId: oldBot.botId, newBotId: newBot.botId })
}

/** As one step of a scheduler does it; how many were invited. */
async function step(mostWaiting = 100): Promise<number | undefined> {
  const [replacement] = await listReplacementsUnderWay(db)
  if (replacement === undefined) return undefined
  return await invitePeople(db, replacement, {
    mostWaiting,
    linkLastsSeconds: 60,
    compose: (_, token) => ({ html: token, buttons: [], silent: false }),
  })
}

async function listInvited(): Promise<string[]> {
  const { rows } = await sql<{ chatId: string }>`
    select chat_id as "chatId" from messages where bot_id = ${oldBot.botId} and kind = 'bot.replaced' and reason is null
    order by id`.execute(db)
  return rows.map(({ chatId }) => chatId)
}

async function sendAll(): Promise<void> {
  await sql`update messages set status = 'sent' where bot_id = ${oldBot.botId} and status = 'queued'`.execute(
    db,
  )
}

test('no more invitations wait than are meant to, and all come to their turn', async () => {
  const contacts = await createContacts(db, oldBot, 25)
  await start()
  const steps: unknown[] = []
  for (let turn = 0; turn < 4; turn += 1) {
    steps.push(await step(10), await step(10))
    await sendAll()
  }
  expect(steps).toEqual([10, 0, 10, 0, 5, 0, 0, 0])
  expect(await listInvited()).toEqual(contacts.map(({ chatId }) => chatId))
  const progress = await findReplacementProgress(db, oldBot.shopId, oldBot.botId)
  expect(progress).toMatchObject({ total: 25, invited: 25, waiting: 0, invitedAt: expect.any(Date) })
})

test('[WEB-6] several schedulers at a time invite each person once', async () => {
  const contacts = await createContacts(db, oldBot, 40)
  await start()
  for (let turn = 0; turn < 10; turn += 1) {
    await Promise.all([step(7), step(7), step(7)])
    await sendAll()
  }
  expect(await listInvited()).toEqual(contacts.map(({ chatId }) => chatId))
})

test('two people of one contact are both invited', async () => {
  const { contactId } = await createContact(db, oldBot)
  const second = { botId: oldBot.botId, contactId, chatId: 99_001, telegramUserId: 99_001 }
  await bindChat(db, oldBot.shopId, { ...second, source: 't', purposes: [], update: { date: 1, id: 1 } })
  await start()
  expect(await step()).toBe(2)
  expect(await listInvited()).toHaveLength(2)
})

test('whoever comes to the old bot later is invited, whoever has come to the new one is not', async () => {
  await start()
  await step()
  const late = await createContact(db, oldBot)
  const moved = await createContact(db, oldBot)
  const chatId = Number(moved.chatId)
  const chat = { botId: newBot.botId, contactId: moved.contactId, chatId, telegramUserId: chatId }
  await bindChat(db, oldBot.shopId, { ...chat, source: 't', purposes: [], update: { date: 1, id: 1 } })
  expect(await step()).toBe(1)
  expect(await listInvited()).toEqual([late.chatId])
  expect(await findReplacementProgress(db, oldBot.shopId, oldBot.botId)).toMatchObject({
    total: 2,
    moved: 1,
    left: 1,
  })
})

test('an invitation rests on what its person agreed to, and says why it is none', async () => {
  const granting = await createContact(db, oldBot)
  await decide(db, oldBot, { contactId: granting.contactId, purpose: 'marketing', action: 'granted' })
  const leaving = await createContact(db, oldBot)
  await decide(db, oldBot, { contactId: leaving.contactId, purpose: 'order_updates', action: 'withdrawn' })
  await createContact(db, oldBot)
  await start()
  await step()
  const { rows } = await sql`
    select recipient, purpose, reason from messages where bot_id = ${oldBot.botId} order by id`.execute(db)
  expect(rows).toMatchObject([
    { recipient: granting.recipient, purpose: 'marketing', reason: null },
    { recipient: leaving.recipient, reason: 'no_consent' },
    { purpose: 'order_updates', reason: null },
  ])
})

test('[WEB-3] in the sandbox nobody but testers is invited', async () => {
  await createContact(db, oldBot)
  await sql`update shops set mode = 'sandbox' where id = ${oldBot.shopId}`.execute(db)
  await start()
  expect(await step()).toBe(0)
  const progress = await findReplacementProgress(db, oldBot.shopId, oldBot.botId)
  expect(progress?.notInvited).toEqual({ sandbox: 1 })
})

test('an event of the shop that has the name of ours is in nobody’s way', async () => {
  await createContact(db, oldBot)
  const { rows } = await sql<{
    next: number
  }>`select coalesce(max(id), 0)::int + 1 as next from bot_replacements`.execute(db)
  const eventId = `bot-replacement-${rows[0]?.next}`
  await acceptEvents(db, [newEvent(oldBot.shopId, [], { source: '/postino', eventId })])
  expect((await start()).id).toBe(String(rows[0]?.next))
  expect(await step()).toBe(1)
})

test('a message of ours has a trail, its event of thousands is shown to nobody', async () => {
  await createContact(db, oldBot)
  const { id } = await start()
  await step()
  const shopId = oldBot.shopId
  expect(await listEventTrails(db, shopId, { eventId: `bot-replacement-${id}` })).toEqual([])
  const message = await db
    .selectFrom('messages')
    .select('id')
    .where('bot_id', '=', oldBot.botId)
    .executeTakeFirstOrThrow()
  expect(await findMessageTrail(db, shopId, message.id)).toMatchObject({
    kind: 'bot.replaced',
    status: 'queued',
  })
})

test('a replacement is under way once, and ends', async () => {
  const { id, status } = await start()
  expect(status).toBe('started')
  expect(await start()).toEqual({ id, status: 'present' })
  const third = await addBot(db, oldBot.shopId)
  const other = { oldBotId: oldBot.botId, newBotId: third.botId }
  expect(await startBotReplacement(db, oldBot.shopId, other)).toEqual({ id, status: 'other' })
  expect(await endBotReplacement(db, oldBot.shopId, oldBot.botId)).toBe(true)
  expect(await endBotReplacement(db, oldBot.shopId, oldBot.botId)).toBe(false)
  expect(await step()).toBeUndefined()
  expect((await startBotReplacement(db, oldBot.shopId, other)).status).toBe('started')
})
