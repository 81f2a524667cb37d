import { escapeHtml } from '@postino/telegram'
import { Composer } from 'grammy'
import type { BotContext } from '../bot/bot-context.ts'
import { say } from '../bot/say.ts'
import { findChat } from './find-chat.ts'

/**
 * Whatever is no command: nobody reads it, and nothing of it is kept. It gives no right to write, and the answer says where
 * the shop is reached.
 */
export function createPlainAnswer(): Composer<BotContext> {
  const composer = new Composer<BotContext>()

  composer.chatType('private').on(['message:text', 'message:file'], async (context) => {
    const { texts } = await findChat(context)
    const { name, supportContact } = context.shop
    const contact = supportContact === undefined ? [] : [texts.helpContact(supportContact)]
    say(context, {
      name: 'plain answer',
      html: escapeHtml([texts.plainAnswer(name), ...contact].join('\n\n')),
    })
  })

  return composer
}
