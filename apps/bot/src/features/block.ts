import { Composer } from 'grammy'
import type { BotContext } from '../bot/bot-context.ts'
import { endRegistration } from './end-registration.ts'
import { findChat } from './find-chat.ts'

/**
 * Blocking the bot ends everything, like /stop. Unblocking gives nothing back: only /start and a tap do, and since
 * Telegram may deliver those in either order, the time of the update decides, not its arrival.
 */
export function createBlock(): Composer<BotContext> {
  const composer = new Composer<BotContext>()

  composer.chatType('private').on('my_chat_member', async (context) => {
    const { date, new_chat_member: member } = context.myChatMember
    if (member.status !== 'kicked') return
    const { registration } = await findChat(context)
    if (registration === undefined) return
    await endRegistration(context, registration, { status: 'blocked', source: 'telegram_block', date })
  })

  return composer
}
