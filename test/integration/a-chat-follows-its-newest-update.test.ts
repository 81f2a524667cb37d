import {
  bindChat,
  closeRegistration,
  findRegistrationByChat,
  upsertContact,
  type UpdateTime,
} from '@postino/database'
import { expect, test } from 'vitest'
import {
  beginTurn,
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

interface Chat {
  bot: TestBot
  contactId: string
  chatId: number
}

async function createChat(): Promise<Chat> {
  const bot = await createBot(db)
  const { id } = await upsertContact(db, bot.shopId, { externalId: 'anna', firstName: 'Anna' })
  return { bot, contactId: id, chatId: 4_711 }
}

async function bind({ bot, contactId, chatId }: Chat, update: UpdateTime, purposes: string[] = []) {
  const person = { contactId, chatId, telegramUserId: chatId, source: 'optin_link' }
  return await bindChat(db, bot.shopId, { botId: bot.botId, ...person, purposes, update })
}

async function close(chat: Chat, status: 'stopped' | 'blocked', update?: UpdateTime) {
  const registration = await find(chat)
  const target = { registrationId: registration!.id, status, reason: `registration_${status}` }
  return await closeRegistration(db, chat.bot.shopId, {
    ...target,
    ...(update === undefined ? {} : { update }),
  })
}

async function find({ bot, chatId }: Chat) {
  return await findRegistrationByChat(db, bot.shopId, { botId: bot.botId, chatId })
}

const at = (date: number, id: number): UpdateTime => ({ date, id })

test('the newer of a start and a stop counts, in whichever order they arrive', async () => {
  for (const [start, stop, status] of [
    [at(10, 1), at(20, 2), 'stopped'],
    [at(20, 2), at(10, 1), 'active'],
    // In the same second the number of the update decides.
    [at(20, 2), at(20, 3), 'stopped'],
    [at(20, 3), at(20, 2), 'active'],
  ] as const) {
    const chat = await createChat()
    await bind(chat, at(1, 0))
    await bind(chat, start)
    await close(chat, 'stopped', stop)
    expect((await find(chat))?.status).toBe(status)

    const other = await createChat()
    await bind(other, at(1, 0))
    await close(other, 'stopped', stop)
    const bound = await bind(other, start)
    expect((await find(other))?.status).toBe(status)
    expect(bound === undefined).toBe(status === 'stopped')
  }
})

test('a chat that was stopped already remembers a newer block: an older start does not open it', async () => {
  const chat = await createChat()
  await bind(chat, at(1, 1))
  expect(await close(chat, 'stopped', at(10, 2))).toEqual({ suppressed: 0 })
  // Not ended now: nobody is told a second time.
  expect(await close(chat, 'blocked', at(30, 4))).toBeUndefined()
  expect(await bind(chat, at(20, 3))).toBeUndefined()
  expect((await find(chat))?.status).toBe('stopped')
  expect(await bind(chat, at(40, 5))).toBeDefined()
  expect((await find(chat))?.status).toBe('active')
})

test('what Telegram answers to a call ends a registration without an update, and a newer start opens it again', async () => {
  const chat = await createChat()
  await bind(chat, at(10, 1))
  expect(await close(chat, 'blocked')).toEqual({ suppressed: 0 })
  expect(await close(chat, 'blocked')).toBeUndefined()
  expect(await bind(chat, at(11, 2))).toBeDefined()
  expect((await find(chat))?.status).toBe('active')
})

test('the same start twice is one registration, and what was offered adds up', async () => {
  const chat = await createChat()
  const first = await bind(chat, at(10, 1), ['order_updates'])
  expect(await bind(chat, at(10, 1), ['order_updates'])).toEqual(first)
  expect(await bind(chat, at(20, 2), ['marketing', 'order_updates'])).toEqual(first)
  expect(await find(chat)).toEqual({
    id: first?.id,
    contactId: chat.contactId,
    status: 'active',
    offeredPurposes: ['marketing', 'order_updates'],
    locale: null,
    hasVerifiedPhone: false,
    grantedPurposes: [],
    withdrawnPurposes: [],
  })
})

test('starts of one chat at the same time are one registration', async () => {
  const chat = await createChat()
  const bound = await Promise.all(Array.from({ length: 10 }, (_, index) => bind(chat, at(10, index))))
  expect(new Set(bound.filter((each) => each !== undefined).map(({ id }) => id)).size).toBe(1)
  expect(bound).toHaveLength(10)
})

test('a registration of another shop cannot be closed', async () => {
  const [chat, elsewhere] = [await createChat(), await createChat()]
  await bind(chat, at(10, 1))
  const registration = await find(chat)
  const target = { registrationId: registration!.id, status: 'revoked' as const, reason: 'x' }
  expect(await closeRegistration(db, elsewhere.bot.shopId, target)).toBeUndefined()
  expect((await find(chat))?.status).toBe('active')
})

test('a contact keeps what a later import does not name', async () => {
  const { bot } = await createChat()
  const first = await upsertContact(db, bot.shopId, { externalId: 'anna', phone: '+39 1', locale: 'it' })
  expect(await upsertContact(db, bot.shopId, { externalId: 'anna', phone: '+39 2' })).toEqual(first)
  const row = await db.selectFrom('contacts').selectAll().where('id', '=', first.id).executeTakeFirstOrThrow()
  expect(row).toMatchObject({ first_name: 'Anna', phone: '+39 2', locale: 'it' })
})

test('a block that Telegram tells the sender of ends no chat that was opened again after the call began', async () => {
  const bot = await createBot(db)
  const contact = await createContact(db, bot)
  const [messageId = ''] = await queue(db, bot, [contact])
  const turn = await beginTurn(db, bot, RESEND_AFTER_MS)
  await claim(db, turn!)
  const { contactId, registrationId } = contact
  const call = { messageId, epoch: turn!.epoch }
  const end = { registrationId, status: 'blocked', reason: 'registration_blocked', call } as const
  const chatId = Number(contact.chatId)
  await bind({ bot, contactId, chatId }, at(2_000, 2))
  expect(await closeRegistration(db, bot.shopId, end)).toBeUndefined()
  expect(await find({ bot, contactId, chatId })).toMatchObject({ status: 'active' })

  // The next call learns it anew.
  await record(db, turn!, { id: messageId, status: 'queued', dueInMs: 0 })
  await claim(db, turn!)
  expect(await closeRegistration(db, bot.shopId, end)).toEqual({ suppressed: 0 })
})
