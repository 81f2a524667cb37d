import { escapeHtml } from '@postino/telegram'
import { Composer } from 'grammy'
import type { BotContext } from '../bot/bot-context.ts'
import { say } from '../bot/say.ts'
import { findChat } from './find-chat.ts'

/** `/help` and `/privacy`; the latter every bot must answer (telegram.org/tos/bot-developers, section 4). */
export function createAbout(): Composer<BotContext> {
  const composer = new Composer<BotContext>()

  composer.chatType('private').command('help', async (context) => {
    const { texts } = await findChat(context)
    const { name, supportContact } = context.shop
    const contact = supportContact === undefined ? [] : [texts.helpContact(supportContact)]
    say(context, { name: 'help', html: escapeHtml([texts.help(name), ...contact].join('\n\n')) })
  })

  composer.chatType('private').command('privacy', async (context) => {
    const { texts } = await findChat(context)
    const { name, privacyUrl } = context.shop
    const policy = privacyUrl === undefined ? [] : [texts.privacyPolicy(privacyUrl)]
    say(context, { name: 'privacy', html: escapeHtml([texts.privacy(name), ...policy].join('\n\n')) })
  })

  return composer
}
