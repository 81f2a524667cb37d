import {
  findGroup,
  joinGroup,
  leaveGroup,
  listGroupChoices,
  offerPurposes,
  type Database,
  type FoundRegistration,
} from '@postino/database'
import { escapeHtml } from '@postino/telegram'
import { Composer, InlineKeyboard } from 'grammy'
import type { BotContext } from '../bot/bot-context.ts'
import { onCommand } from '../bot/on-command.ts'
import { answerPress, redraw, say, type ChatContext, type Screen } from '../bot/say.ts'
import { ask } from './ask.ts'
import { findChat, findChatById, type Chat } from './find-chat.ts'

const SWITCH_CALLBACK = /^group:(join|leave):([1-9]\d{0,17})$/
// Telegram takes 100 buttons; nobody reads so many.
const MAX_GROUPS = 50
const MAX_LABEL_CHARS = 48

/** `/groups`: what a contact may join, and where they are, one switch a line. Being in a group is no consent to anything. */
export function createGroups({ database }: { database: Database }): Composer<BotContext> {
  const composer = new Composer<BotContext>()

  onCommand(composer, 'groups', async (context) => {
    const chat = await findChat(context)
    const { registration, texts } = chat
    if (registration?.status !== 'active')
      return say(context, { name: 'start first', html: escapeHtml(texts.startFirst) })
    const screen = await drawGroups(context.database, context, chat)
    const none = { html: escapeHtml(texts.groupsNone(context.shop.name)) }
    say(context, { name: 'groups', ...(screen ?? none) })
  })

  composer.chatType('private').callbackQuery(SWITCH_CALLBACK, async (context) => {
    const { registration, texts } = await findChat(context)
    const [, act, groupId = ''] = context.match
    // Whoever has ended everything may still leave.
    const isOpen = registration?.status === 'active' || act === 'leave'
    if (registration === undefined || !isOpen)
      return answerPress(context, texts.startFirst, { isAlert: true })
    const { chat, from, shop } = context
    redraw(context, async () =>
      drawGroups(
        database,
        context,
        await findChatById(database, shop, { chatId: chat.id, appLanguage: from.language_code }),
      ),
    )
    const notice = await (act === 'join' ? join : leave)(context, { registration, groupId })
    answerPress(context, notice)
  })

  return composer
}

interface Switching {
  registration: FoundRegistration
  groupId: string
}

/** What the phone shows for a moment; undefined when nothing has changed. */
async function join(context: ChatContext, { registration, groupId }: Switching): Promise<string | undefined> {
  const { database, shop } = context
  const group = await findGroup(database, shop.shopId, { id: groupId })
  // Nothing on the screen leads into a group that is closed, or another shop's.
  if (group?.isOpen !== true) return undefined
  const outcome = await joinGroup(database, shop.shopId, actOf(context, { registration, groupId }))
  if (outcome === 'overtaken') return undefined
  const { texts } = await findChat(context)
  const isNew = !group.purposes.every((purpose) => registration.grantedPurposes.includes(purpose))
  if (outcome === 'joined' && isNew) {
    await offerPurposes(database, shop.shopId, { registrationId: registration.id, purposes: group.purposes })
    await ask(context)
  }
  return texts.groupJoined(group.name)
}

async function leave(
  context: ChatContext,
  { registration, groupId }: Switching,
): Promise<string | undefined> {
  const { database, shop } = context
  const group = await findGroup(database, shop.shopId, { id: groupId })
  if (group === undefined) return undefined
  const outcome = await leaveGroup(database, shop.shopId, actOf(context, { registration, groupId }))
  const { texts } = await findChat(context)
  return outcome === 'overtaken' ? undefined : texts.groupLeft(group.name)
}

function actOf({ shop, update }: ChatContext, { registration, groupId }: Switching) {
  const { contactId } = registration
  return { groupId, contactId, source: 'bot_dialog', update: { id: update.update_id, botId: shop.botId } }
}

/** Undefined when there is none to show. */
async function drawGroups(
  database: Database,
  { shop }: ChatContext,
  { registration, texts }: Chat,
): Promise<Screen | undefined> {
  if (registration === undefined) return undefined
  const { contactId } = registration
  const groups = await listGroupChoices(database, shop.shopId, { contactId, limit: MAX_GROUPS })
  if (groups.length === 0) return undefined
  const keyboard = new InlineKeyboard()
  for (const { id, name, isIn } of groups) {
    const label = `${isIn ? '✅' : '⬜'} ${name.slice(0, MAX_LABEL_CHARS).toWellFormed()}`
    keyboard.text(label, `group:${isIn ? 'leave' : 'join'}:${id}`).row()
  }
  return { html: escapeHtml([texts.groupsTitle(shop.name), texts.groupsHow].join('\n\n')), keyboard }
}
