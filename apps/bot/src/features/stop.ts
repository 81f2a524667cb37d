import { escapeHtml } from '@postino/telegram'
import { Composer } from 'grammy'
import type { BotContext } from '../bot/bot-context.ts'
import { say } from '../bot/say.ts'
import { endRegistration } from './end-registration.ts'
import { findChat } from './find-chat.ts'

// Typed by hand on a phone, it often begins with a capital; whoever wants to leave must not fail for that.
const STOP = ['stop', 'Stop', 'STOP']

/** `/stop`: one command ends everything, one sentence confirms it, and then there is silence. */
export function createStop(): Composer<BotContext> {
  const composer = new Composer<BotContext>()

  composer.chatType('private').command(STOP, async (context) => {
    const { registration, texts } = await findChat(context)
    const { date } = context.msg
    const isEnded =
      registration !== undefined &&
      (await endRegistration(context, registration, { status: 'stopped', source: 'bot_dialog', date }))
    const wasOpen = registration?.status === 'active'
    // Overtaken by a newer START: that one has been answered.
    if (wasOpen && !isEnded) return
    if (wasOpen) say(context, { name: 'stopped', html: escapeHtml(texts.stopped(context.shop.name)) })
    else say(context, { name: 'nothing to stop', html: escapeHtml(texts.notRegistered) })
  })

  return composer
}
