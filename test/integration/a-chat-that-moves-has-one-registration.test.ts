import { bindChat, moveChat } from '@postino/database'
import { expect, test } from 'vitest'
import {
  claim,
  createBot,
  createContact,
  beginTurn,
  findMessage,
  openTestDatabase,
  queue,
  RESEND_AFTER_MS,
  type TestBot,
  type TestContact,
} from './database-under-test.ts'

const { db } = await openTestDatabase()

const SUPERGROUP = -1_001_234

/** Registers the supergroup by itself, for this contact. */
async function registerSupergroup(bot: TestBot, { contactId }: TestContact): Promise<string> {
  const group = { contactId, chatId: SUPERGROUP, telegramUserId: SUPERGROUP, source: 'test', purposes: [] }
  const bound = await bindChat(db, bot.shopId, { botId: bot.botId, ...group, update: { date: 2_000, id: 2 } })
  return bound!.id
}

async function registrationsOf({ botId }: TestBot) {
  return await db
    .selectFrom('registrations')
    .select(['id', 'chat_id as chatId', 'status'])
    .where('bot_id', '=', botId)
    .orderBy('id')
    .execute()
}

async function move(bot: TestBot, { registrationId }: TestContact): Promise<void> {
  await moveChat(db, bot.shopId, { registrationId, chatId: String(SUPERGROUP) })
}

test('what waits for a group goes to the supergroup, also when it was registered already for the same contact', async () => {
  const bot = await createBot(db)
  const group = await createContact(db, bot)
  const [id = ''] = await queue(db, bot, [group])
  const heir = await registerSupergroup(bot, group)
  // Told twice, as of two messages under way.
  for (let time = 0; time < 2; time++) await move(bot, group)
  expect(await registrationsOf(bot)).toEqual([
    { id: group.registrationId, chatId: group.chatId, status: 'revoked' },
    { id: heir, chatId: String(SUPERGROUP), status: 'active' },
  ])
  const turn = await beginTurn(db, bot, RESEND_AFTER_MS)
  expect(await claim(db, turn!)).toMatchObject([
    { id, status: 'sending', chatId: String(SUPERGROUP), registrationId: heir },
  ])
})

test('what waits for a group is not read by another contact that has registered the supergroup', async () => {
  const bot = await createBot(db)
  const [group, other] = [await createContact(db, bot), await createContact(db, bot)]
  const [id = ''] = await queue(db, bot, [group])
  const heir = await registerSupergroup(bot, other)
  await move(bot, group)
  expect(await registrationsOf(bot)).toContainEqual({
    id: heir,
    chatId: String(SUPERGROUP),
    status: 'active',
  })
  expect(await findMessage(db, id)).toMatchObject({
    status: 'suppressed',
    reason: 'registration_revoked',
    ended_at: expect.any(Date),
  })
})

test('what is under way when its group moves is recorded all the same', async () => {
  const bot = await createBot(db)
  const group = await createContact(db, bot)
  const [id = ''] = await queue(db, bot, [group])
  const turn = await beginTurn(db, bot, RESEND_AFTER_MS)
  await claim(db, turn!)
  await registerSupergroup(bot, group)
  await move(bot, group)
  expect(await findMessage(db, id)).toMatchObject({ status: 'sending', chat_id: String(SUPERGROUP) })
})
