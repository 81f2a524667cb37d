import { eraseContact, type Database } from '@postino/database'
import { escapeHtml } from '@postino/telegram'
import { Composer, InlineKeyboard } from 'grammy'
import type { BotContext } from '../bot/bot-context.ts'
import { onCommand } from '../bot/on-command.ts'
import { answerPress, say } from '../bot/say.ts'
import { findChat } from './find-chat.ts'
import { createHandOutData } from './hand-out-data.ts'

const EXPORT_CALLBACK = 'privacy:export'
const ERASE_CALLBACK = 'privacy:erase'
const CONFIRM_CALLBACK = /^privacy:erase:([1-9]\d{0,18})$/
const KEEP_CALLBACK = 'privacy:keep'

/**
 * `/privacy`: the policy, which every bot must have (telegram.org/tos/bot-developers, section 4), all that is known about the
 * person, and its end. The Telegram account is the proof of who asks.
 */
export function createPrivacy(dependencies: { database: Database }): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  const inPrivate = composer.chatType('private')
  const handOutData = createHandOutData(dependencies)

  onCommand(composer, 'privacy', async (context) => {
    const { registration, texts } = await findChat(context)
    const { name, privacyUrl } = context.shop
    const policy = privacyUrl === undefined ? [] : [texts.privacyPolicy(privacyUrl)]
    const html = escapeHtml([texts.privacy(name), ...policy].join('\n\n'))
    // Of whom nothing is known, nothing can be told or erased.
    if (registration === undefined) return say(context, { name: 'privacy', html })
    const keyboard = new InlineKeyboard()
      .text(texts.exportOffer, EXPORT_CALLBACK)
      .row()
      .text(texts.eraseOffer, ERASE_CALLBACK)
    say(context, { name: 'privacy', html, keyboard })
  })

  inPrivate.callbackQuery(EXPORT_CALLBACK, async (context) => {
    const { registration, language, texts } = await findChat(context)
    answerPress(context)
    if (registration === undefined) return
    const caption = texts.exportCaption(context.shop.name)
    handOutData(context, { contactId: registration.contactId, language, caption })
  })

  inPrivate.callbackQuery(ERASE_CALLBACK, async (context) => {
    const { registration, texts } = await findChat(context)
    answerPress(context)
    if (registration === undefined) return
    const keyboard = new InlineKeyboard()
      .text(texts.eraseConfirm, `${ERASE_CALLBACK}:${registration.contactId}`)
      .row()
      .text(texts.eraseKeep, KEEP_CALLBACK)
    say(context, { name: 'erase', html: escapeHtml(texts.eraseAsk(context.shop.name)), keyboard })
  })

  inPrivate.callbackQuery(CONFIRM_CALLBACK, async (context) => {
    const { database, shop } = context
    const { registration, texts } = await findChat(context)
    answerPress(context)
    // Not the one it was asked about: the chat has become another contact's.
    if (registration === undefined || registration.contactId !== context.match[1]) return
    await eraseContact(database, shop.shopId, registration.contactId, { actor: 'contact' })
    say(context, { name: 'erase', html: escapeHtml(texts.erased(shop.name)) })
  })

  inPrivate.callbackQuery(KEEP_CALLBACK, async (context) => {
    const { texts } = await findChat(context)
    answerPress(context)
    say(context, { name: 'erase', html: escapeHtml(texts.eraseKept) })
  })

  return composer
}
