import { bindChat, takeOptinLink } from '@postino/database'
import type { Purpose } from '@postino/domain'
import { escapeHtml } from '@postino/telegram'
import { Composer } from 'grammy'
import type { BotContext } from '../bot-context.ts'
import { consentScreen } from '../consent-screen.ts'
import { findChat, type Chat } from '../find-chat.ts'

/** `/start` and `/start <token>`: binds the chat to a contact and asks. Binding alone gives no right to send. */
export function createStart(): Composer<BotContext> {
  const composer = new Composer<BotContext>()

  composer.chatType('private').command('start', async (context) => {
    const token = context.match.trim()
    const chat = await findChat(context, context.chat.id)
    const { registration, texts } = chat
    const say = (text: string) =>
      context.afterCommit(() => context.reply(escapeHtml(text), { parse_mode: 'HTML' }))

    if (token !== '') {
      const link = await takeOptinLink(context.database, context.shop.shopId, {
        botId: context.shop.botId,
        token,
      })
      if (link.status === 'taken') return await open(context, { ...link, chat })
      // Pressing Start again in a chat that is open already is no mistake worth a scolding.
      if (registration?.status !== 'active') {
        return say(
          { used: texts.linkUsed, expired: texts.linkExpired, unknown: texts.linkUnknown }[link.status],
        )
      }
    }
    if (registration === undefined) return say(texts.welcomeUnbound(context.shop.name))
    const { contactId, offeredPurposes: purposes } = registration
    return await open(context, { contactId, purposes, source: 'bot_dialog', chat })
  })

  return composer
}

interface Opening {
  contactId: string
  purposes: readonly Purpose[]
  source: string
  chat: Chat
}

type StartContext = BotContext & { msg: { date: number; chat: { id: number } } }

async function open(context: StartContext, opening: Opening): Promise<void> {
  const { shop, database, from } = context
  const chatId = context.msg.chat.id
  const isBound = await bindChat(database, shop.shopId, {
    botId: shop.botId,
    contactId: opening.contactId,
    chatId,
    telegramUserId: from?.id ?? chatId,
    username: from?.username,
    name: from?.first_name,
    languageCode: from?.language_code,
    source: opening.source,
    purposes: opening.purposes,
    update: { date: context.msg.date, id: context.update.update_id },
  })
  // A newer update, such as a block, has overtaken this one.
  if (isBound === undefined) return
  const { registration, language } = await findChat(context, chatId)
  const { html, keyboard } = consentScreen({
    shopName: shop.name,
    language,
    offered: registration?.offeredPurposes ?? opening.purposes,
    granted: registration?.grantedPurposes ?? [],
  })
  context.afterCommit(() => context.reply(html, { parse_mode: 'HTML', reply_markup: keyboard }))
}
