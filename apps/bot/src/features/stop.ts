import { Composer } from 'grammy'
import type { BotContext } from '../bot-context.ts'
import { endRegistration } from '../end-registration.ts'
import { findChat } from '../find-chat.ts'

/** `/stop`: one command ends everything, one sentence confirms it, and then there is silence. */
export function createStop(): Composer<BotContext> {
  const composer = new Composer<BotContext>()

  composer.chatType('private').command('stop', async (context) => {
    const { registration, texts } = await findChat(context, context.chat.id)
    if (registration?.status !== 'active')
      return context.afterCommit(() => context.reply(texts.notRegistered))
    const update = { date: context.msg.date, id: context.update.update_id }
    const isEnded = await endRegistration(context, registration, {
      status: 'stopped',
      source: 'bot_dialog',
      update,
    })
    if (isEnded) context.afterCommit(() => context.reply(texts.stopped(context.shop.name)))
  })

  return composer
}
