import { Composer } from 'grammy'
import type { BotContext } from '../bot-context.ts'
import { endRegistration } from '../end-registration.ts'
import { findChat } from '../find-chat.ts'

/**
 * Blocking the bot ends everything, like /stop. Unblocking gives nothing back: only /start and a tap do, and since
 * Telegram may deliver those in either order, the time of the update decides, not its arrival.
 */
export function createBlock(): Composer<BotContext> {
  const composer = new Composer<BotContext>()

  composer.on('my_chat_member', async (context) => {
    const { chat, date, new_chat_member: member } = context.myChatMember
    if (chat.type !== 'private' || member.status !== 'kicked') return
    const { registration } = await findChat(context, chat.id)
    if (registration === undefined) return
    const update = { date, id: context.update.update_id }
    await endRegistration(context, registration, { status: 'blocked', source: 'telegram_block', update })
  })

  return composer
}
