import { escapeHtml } from '@postino/telegram'
import { Composer } from 'grammy'
import type { BotContext } from '../bot/bot-context.ts'
import { onCommand } from '../bot/on-command.ts'
import { say } from '../bot/say.ts'
import { ask } from './ask.ts'
import { findChat } from './find-chat.ts'
import { findWayIn } from './find-way-in.ts'
import { openChat } from './open-chat.ts'

/**
 * `/start`, with a link's token, a group's id or a group's keyword behind it or with nothing: makes the chat a registration
 * and asks. Binding alone gives no right to send.
 */
export function createStart(): Composer<BotContext> {
  const composer = new Composer<BotContext>()

  onCommand(composer, 'start', async (context, command) => {
    const way = await findWayIn(context, command)
    if (way.status === 'open') return await openChat(context, way)
    const { registration, texts } = await findChat(context)
    // Pressing Start again in an open chat is no mistake worth a scolding: the choices are shown again.
    if (way.status === 'used' && registration?.status === 'active') return await ask(context)
    const sentences = {
      used: texts.linkUsed,
      expired: texts.linkExpired,
      revoked: texts.linkRevoked,
      unknown: texts.linkUnknown,
      no_such_group: texts.groupUnknown(way.name),
      closed_group: texts.groupClosed(way.name),
    }
    say(context, { name: 'no way in', html: escapeHtml(sentences[way.status]) })
  })

  return composer
}
