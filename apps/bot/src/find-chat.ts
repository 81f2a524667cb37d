import { findRegistrationByChat, type FoundRegistration } from '@postino/database'
import type { BotContext } from './bot-context.ts'
import { chooseLanguage, findTexts, type Language } from './texts/find-texts.ts'
import type { Texts } from './texts/texts.ts'

export interface Chat {
  registration: FoundRegistration | undefined
  language: Language
  texts: Texts
}

/** Who is writing, and in which language to answer: the contact's own, else the Telegram app's, else the shop's. */
export async function findChat(context: BotContext, chatId: number): Promise<Chat> {
  const { shop, database } = context
  const registration = await findRegistrationByChat(database, shop.shopId, { botId: shop.botId, chatId })
  const language = chooseLanguage([registration?.locale, context.from?.language_code, shop.locale])
  return { registration, language, texts: findTexts(language) }
}
