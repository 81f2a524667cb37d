import { bindChat, closeRegistration, takeOptinLink, type UpdateTime } from '@postino/database'
import type { Purpose } from '@postino/domain'
import { escapeHtml } from '@postino/telegram'
import { Composer } from 'grammy'
import type { BotContext } from '../bot/bot-context.ts'
import { say, type ChatContext } from '../bot/say.ts'
import { consentScreen } from './consent-screen.ts'
import { withdrawEverything } from './end-registration.ts'
import { findChat, type Chat } from './find-chat.ts'

/** `/start` and `/start <token>`: binds the chat to a contact and asks. Binding alone gives no right to send. */
export function createStart(): Composer<BotContext> {
  const composer = new Composer<BotContext>()

  composer.chatType('private').command('start', async (context) => {
    const { shop, database, match, msg } = context
    const chat = await findChat(context)
    const { registration, texts } = chat
    const at = { date: msg.date, id: context.update.update_id }
    const token = match.trim()
    const link =
      token === '' ? undefined : await takeOptinLink(database, shop.shopId, { botId: shop.botId, token })

    if (link?.status === 'taken' && link.contactId !== undefined) {
      const { contactId, purposes, source } = link
      return await open(context, chat, { contactId, purposes, source, at })
    }
    // Pressing Start again in an open chat is no mistake worth a scolding: the choices are shown again.
    if (link !== undefined && link.status !== 'taken' && registration?.status !== 'active') {
      const { linkUsed: used, linkExpired: expired, linkUnknown: unknown } = texts
      const text = { used, expired, revoked: expired, unknown }[link.status]
      return say(context, { name: 'refused link', html: escapeHtml(text) })
    }
    if (registration === undefined) {
      return say(context, { name: 'welcome', html: escapeHtml(texts.welcomeUnbound(shop.name)) })
    }
    const { contactId, offeredPurposes: purposes } = registration
    await open(context, chat, { contactId, purposes, source: 'bot_dialog', at })
  })

  return composer
}

interface Opening {
  contactId: string
  purposes: readonly Purpose[]
  source: string
  at: UpdateTime
}

async function open(context: ChatContext, before: Chat, opening: Opening): Promise<void> {
  const { shop, database, chat, from } = context
  const { contactId, purposes, source, at: update } = opening
  await clearAway(context, before, opening)
  const bound = await bindChat(database, shop.shopId, {
    botId: shop.botId,
    contactId,
    chatId: chat.id,
    telegramUserId: chat.id,
    username: from?.username,
    name: from?.first_name,
    languageCode: from?.language_code,
    source,
    purposes,
    update,
  })
  // A newer update, such as a block, has overtaken this one.
  if (bound === undefined) return
  const { registration, language } = await findChat(context)
  const choices = {
    offered: registration?.offeredPurposes ?? purposes,
    granted: registration?.grantedPurposes ?? [],
  }
  say(context, { name: 'question', ...consentScreen({ shopName: shop.name, language, choices }) })
}

/** Whoever comes back finds nothing switched on; whoever takes a chat over gets nothing that was meant for another. */
async function clearAway(context: ChatContext, { registration }: Chat, opening: Opening): Promise<void> {
  if (registration === undefined) return
  if (registration.contactId !== opening.contactId) {
    await closeRegistration(context.database, context.shop.shopId, {
      registrationId: registration.id,
      status: 'revoked',
      reason: 'not_registered',
      update: opening.at,
    })
  } else if (registration.status !== 'active') {
    // The sender closes a registration when Telegram tells it of a block, and leaves the ledger to the bot.
    await withdrawEverything(context, registration, `registration_${registration.status}`)
  }
}
