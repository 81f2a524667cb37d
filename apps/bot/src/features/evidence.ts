import { findLinkOfRegistration } from '@postino/database'
import type { BotContext } from '../bot/bot-context.ts'

export type Evidence = Record<string, string | number>

/** What proves an act in the ledger: the update that brought it and what was tapped or written. No name, no text. */
export function evidenceOf(context: BotContext): Evidence {
  if (context.proof !== undefined) return { bot_id: context.shop.botId, ...context.proof }
  const messageId = context.msgId
  const queryId = context.callbackQuery?.id
  return {
    bot_id: context.shop.botId,
    update_id: context.update.update_id,
    ...(messageId === undefined ? {} : { message_id: messageId }),
    ...(queryId === undefined ? {} : { callback_query_id: queryId }),
  }
}

/** The same for a tap, with the link by which the person came: where they were asked first, and by which request. */
export async function evidenceOfTap(context: BotContext, registrationId: string): Promise<Evidence> {
  const link = await findLinkOfRegistration(context.database, context.shop.shopId, registrationId)
  if (link === undefined) return evidenceOf(context)
  const ofRequest = Object.entries(link.evidence).filter(
    (entry): entry is [string, string | number] =>
      typeof entry[1] === 'string' || typeof entry[1] === 'number',
  )
  return {
    ...Object.fromEntries(ofRequest),
    link_id: link.id,
    link_source: link.source,
    ...evidenceOf(context),
  }
}
