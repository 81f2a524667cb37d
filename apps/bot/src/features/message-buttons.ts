import { insertButtonPress } from '@postino/database'
import { parseCallbackData } from '@postino/domain'
import { Composer } from 'grammy'
import type { BotContext } from '../bot/bot-context.ts'
import { answerPress } from '../bot/say.ts'
import { findChatById } from './find-chat.ts'

/**
 * Buttons of the shop's own messages, in private chats and in groups: what was pressed is noted for the shop. And every
 * other press is answered, so that no button stays busy: one that is made up, or of another version.
 */
export function createMessageButtons(): Composer<BotContext> {
  const composer = new Composer<BotContext>()

  composer.on('callback_query', async (context) => {
    const { database, shop, chat, from, update } = context
    const { data: callbackData = '' } = context.callbackQuery
    const button = parseCallbackData(callbackData)
    if (button === undefined || chat === undefined) return answerPress(context)
    const press = { ...button, callbackData, botId: shop.botId, chatId: chat.id, updateId: update.update_id }
    if (!(await insertButtonPress(database, shop.shopId, press))) return answerPress(context)
    const { texts } = await findChatById(database, shop, { chatId: chat.id, appLanguage: from.language_code })
    answerPress(context, texts.pressNoted)
  })

  return composer
}
