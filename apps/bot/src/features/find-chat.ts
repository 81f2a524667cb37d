import { findRegistrationByChat, type Database, type FoundRegistration } from '@postino/database'
import type { ServedShop } from '../bot/bot-context.ts'
import type { ChatContext } from '../bot/say.ts'
import { chooseLanguage, findTexts, type Language } from '../texts/find-texts.ts'
import type { Texts } from '../texts/texts.ts'

export interface Chat {
  /** Undefined when the chat was never bound to a contact. */
  registration: FoundRegistration | undefined
  language: Language
  texts: Texts
}

/** Who is writing, and in which language to answer: the contact's own, else the Telegram app's, else the shop's. */
export async function findChat(context: ChatContext): Promise<Chat> {
  const { database, shop, chat, from } = context
  return await findChatById(database, shop, { chatId: chat.id, appLanguage: from?.language_code })
}

export async function findChatById(
  database: Database,
  shop: ServedShop,
  { chatId, appLanguage }: { chatId: number; appLanguage: string | undefined },
): Promise<Chat> {
  const registration = await findRegistrationByChat(database, shop.shopId, { botId: shop.botId, chatId })
  const language = chooseLanguage([registration?.locale, appLanguage, shop.locale])
  return { registration, language, texts: findTexts(language) }
}
