import { eraseContact, exportContact, type Database } from '@postino/database'
import { renderExportHtml } from '@postino/privacy'
import { escapeHtml } from '@postino/telegram'
import { Composer, InlineKeyboard, InputFile } from 'grammy'
import type { BotContext } from '../bot/bot-context.ts'
import { onCommand } from '../bot/on-command.ts'
import { answerPress, say, sayFile, type ChatContext } from '../bot/say.ts'
import { findChat } from './find-chat.ts'

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
    sayExport(context, dependencies.database, { contactId: registration.contactId, language, caption })
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

/** Everything as a page to be read, and as data for machines; gathered once, when the first of the two is said. */
function sayExport(
  context: ChatContext,
  database: Database,
  wanted: { contactId: string; language: string; caption: string },
): void {
  const { shopId } = context.shop
  const { contactId, language, caption } = wanted
  let gathered: ReturnType<typeof exportContact> | undefined
  const gather = () => (gathered ??= exportContact(database, shopId, contactId))
  sayFile(context, {
    name: 'export page',
    caption,
    async makeFile() {
      const data = await gather()
      return data && new InputFile(Buffer.from(renderExportHtml(data, language)), 'my-data.html')
    },
  })
  sayFile(context, {
    name: 'export data',
    caption,
    async makeFile() {
      const data = await gather()
      return data && new InputFile(Buffer.from(JSON.stringify(data, undefined, 2)), 'my-data.json')
    },
  })
}
