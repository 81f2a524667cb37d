import { Composer } from 'grammy'
import type { BotContext } from '../bot-context.ts'
import { findChat } from '../find-chat.ts'

/** `/help` and `/privacy`; the latter every bot must answer (telegram.org/tos/bot-developers, section 4). */
export function createAbout(): Composer<BotContext> {
  const composer = new Composer<BotContext>()

  composer.chatType('private').command('help', async (context) => {
    const { texts } = await findChat(context, context.chat.id)
    const { name, supportContact } = context.shop
    const parts = [
      texts.help(name),
      supportContact === undefined ? [] : texts.helpContact(supportContact),
    ].flat()
    context.afterCommit(() => context.reply(parts.join('\n\n')))
  })

  composer.chatType('private').command('privacy', async (context) => {
    const { texts } = await findChat(context, context.chat.id)
    const { name, privacyUrl } = context.shop
    const parts = [
      texts.privacy(name),
      privacyUrl === undefined ? [] : texts.privacyPolicy(privacyUrl),
    ].flat()
    context.afterCommit(() => context.reply(parts.join('\n\n')))
  })

  return composer
}
