import type { BotContext } from '../bot/bot-context.ts'

/** What proves an act in the ledger: the update that brought it and what was tapped or written. No name, no text. */
export function evidenceOf(context: BotContext): Record<string, string | number> {
  const messageId = context.msgId
  const queryId = context.callbackQuery?.id
  return {
    bot_id: context.shop.botId,
    update_id: context.update.update_id,
    ...(messageId === undefined ? {} : { message_id: messageId }),
    ...(queryId === undefined ? {} : { callback_query_id: queryId }),
  }
}
