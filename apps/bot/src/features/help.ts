import { escapeHtml } from '@postino/telegram'
import { Composer } from 'grammy'
import type { BotContext } from '../bot/bot-context.ts'
import { onCommand } from '../bot/on-command.ts'
import { say } from '../bot/say.ts'
import { findChat } from './find-chat.ts'

/** `/help`: what the bot does, and how to reach the shop. */
export function createHelp(): Composer<BotContext> {
  const composer = new Composer<BotContext>()

  onCommand(composer, 'help', async (context) => {
    const { texts } = await findChat(context)
    const { name, supportContact } = context.shop
    const contact = supportContact === undefined ? [] : [texts.helpContact(supportContact)]
    say(context, { name: 'help', html: escapeHtml([texts.help(name), ...contact].join('\n\n')) })
  })

  return composer
}
