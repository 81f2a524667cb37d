import { findGroup, leaveGroup } from '@postino/database'
import { parseGroupKeyword } from '@postino/domain'
import { escapeHtml } from '@postino/telegram'
import { Composer } from 'grammy'
import type { BotContext } from '../bot/bot-context.ts'
import { onCommand, type MessageContext } from '../bot/on-command.ts'
import { say } from '../bot/say.ts'
import { meansEverything } from '../texts/read-command.ts'
import { endRegistration } from './end-registration.ts'
import { findChat } from './find-chat.ts'

/**
 * `/stop`: one command ends everything, one sentence confirms it, and then there is silence. With a group's keyword behind it,
 * it leaves that group and nothing else.
 */
export function createStop(): Composer<BotContext> {
  const composer = new Composer<BotContext>()

  onCommand(composer, 'stop', async (context, { argument }) => {
    if (argument === '') return await stopEverything(context)
    const keyword = parseGroupKeyword(argument)
    const group =
      keyword === undefined ? undefined : await findGroup(context.database, context.shop.shopId, { keyword })
    if (group !== undefined) return await stopGroup(context, group)
    if (meansEverything(argument)) return await stopEverything(context)
    const { texts } = await findChat(context)
    const name = argument.slice(0, MAX_NAME_CHARS).toWellFormed()
    say(context, { name: 'no such group', html: escapeHtml(texts.groupUnknown(name)) })
  })

  return composer
}

const MAX_NAME_CHARS = 32

async function stopEverything(context: MessageContext): Promise<void> {
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
}

async function stopGroup(context: MessageContext, group: { id: string; name: string }): Promise<void> {
  const { database, shop, msg } = context
  const { registration, texts } = await findChat(context)
  if (registration === undefined)
    return say(context, { name: 'nothing to stop', html: escapeHtml(texts.notRegistered) })
  const outcome = await leaveGroup(database, shop.shopId, {
    groupId: group.id,
    contactId: registration.contactId,
    source: 'bot_dialog',
    update: { date: msg.date, id: context.update.update_id, botId: shop.botId },
  })
  if (outcome === 'overtaken') return
  const text = outcome === 'left' ? texts.groupLeft(group.name) : texts.groupNotIn(group.name)
  say(context, { name: `group ${group.id}`, html: escapeHtml(text) })
}
