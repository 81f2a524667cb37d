import assert from 'node:assert/strict'
import {
  bindChat,
  createKeyring,
  insertConsents,
  parseSecretKeys,
  upsertBot,
  upsertContact,
  type Database,
} from '@postino/database'
import type { Emulator } from '@postino/emulator'

/** Bots, people and groups of one shop, in the database and in the emulator. */
export interface PipelinePeople {
  addBot(): Promise<TestBot>
  /** Gives a bot another token, as its shop would. */
  replaceToken(bot: TestBot, token: string): Promise<void>
  /** Somebody who pressed Start and agreed to everything. */
  addPerson(bot: TestBot): Promise<TestPerson>
  addPeople(bot: TestBot, count: number): Promise<TestPerson[]>
  /** A group with the bot in it, as a recipient. */
  addGroup(bot: TestBot): Promise<TestPerson>
  /** A registration for any chat, known to Telegram or not. */
  register(bot: TestBot, chatId: number): Promise<TestPerson>
}

export interface TestBot {
  shopId: string
  botId: string
  telegramId: number
  token: string
}

export interface TestPerson {
  externalId: string
  contactId: string
  registrationId: string
  /** Also the id of a private chat. */
  telegramId: number
  /** The emulator's name of the chat. */
  chat: string
}

export const SECRET_KEYS = `test:${Buffer.alloc(32, 7).toString('base64')}`
const PURPOSES = ['order_updates', 'cart_reminders']

export function createPeople(place: {
  database: Database
  emulator: Emulator
  shopId: string
}): PipelinePeople {
  const { database, emulator, shopId } = place
  const keyring = createKeyring(parseSecretKeys(SECRET_KEYS))

  async function saveBot(token: string, telegramId: number): Promise<string> {
    const bot = { telegramId, username: `bot_${telegramId}`, name: 'Shop', token, keyring }
    const saved = await upsertBot(database, shopId, bot)
    assert(saved !== undefined)
    return saved.id
  }

  async function register(bot: TestBot, chatId: number): Promise<TestPerson> {
    const chat = chatId > 0 ? `${bot.telegramId}:${chatId}` : String(chatId)
    const externalId = `customer-${bot.botId}-${chatId}`
    const { id: contactId } = await upsertContact(database, shopId, { externalId })
    const registration = await bindChat(database, shopId, {
      botId: bot.botId,
      contactId,
      chatId,
      telegramUserId: chatId,
      source: 'test',
      purposes: PURPOSES,
      update: { date: 1_000, id: 1 },
    })
    assert(registration !== undefined)
    const proof = { action: 'granted', source: 'test', actor: 'contact', evidence: { update_id: 1 } } as const
    await insertConsents(
      database,
      shopId,
      contactId,
      PURPOSES.map((purpose) => ({ purpose, ...proof })),
    )
    return { externalId, contactId, registrationId: registration.id, telegramId: chatId, chat }
  }

  async function addBot(): Promise<TestBot> {
    const { id: telegramId, token } = emulator.bots.add()
    return { shopId, botId: await saveBot(token, telegramId), telegramId, token }
  }

  async function replaceToken(bot: TestBot, token: string): Promise<void> {
    await saveBot(token, bot.telegramId)
  }

  async function addPerson(bot: TestBot): Promise<TestPerson> {
    const { id } = emulator.people.add()
    emulator.people.start(id, { bot: bot.telegramId })
    return await register(bot, id)
  }

  async function addPeople(bot: TestBot, count: number): Promise<TestPerson[]> {
    return await Promise.all(Array.from({ length: count }, () => addPerson(bot)))
  }

  async function addGroup(bot: TestBot): Promise<TestPerson> {
    const { id: creator } = emulator.people.add()
    const { chat } = emulator.groups.create({ title: 'Order desk', creator })
    emulator.groups.add(chat.chat, { member: bot.telegramId, by: creator })
    return await register(bot, Number(chat.chat))
  }

  return { addBot, replaceToken, addPerson, addPeople, addGroup, register }
}
