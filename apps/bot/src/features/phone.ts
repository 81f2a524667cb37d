import {
  findLiveContact,
  findOnlyContact,
  recordVerifiedPhone,
  type FoundRegistration,
} from '@postino/database'
import { escapeHtml } from '@postino/telegram'
import { Composer, Keyboard } from 'grammy'
import type { BotContext } from '../bot/bot-context.ts'
import { answerPress, say, type ChatContext } from '../bot/say.ts'
import { LANGUAGES } from '../texts/find-texts.ts'
import { PHONE_CALLBACK } from './consent-screen.ts'
import { findChat } from './find-chat.ts'
import { become } from './find-person.ts'
import { normalisePhone } from './phone-number.ts'

const REMOVED = { remove_keyboard: true } as const
const REFUSALS: ReadonlySet<string> = new Set(Object.values(LANGUAGES).map(({ phoneKeep }) => phoneKeep))

/**
 * The person's own phone number, shared by a button of Telegram's: it proves whose it is, and leads to the contact the shop
 * knows under it. Anybody can forward the card of somebody else: that is refused.
 */
export function createPhone(): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  const inPrivate = composer.chatType('private')

  inPrivate.callbackQuery(PHONE_CALLBACK, async (context) => {
    const { registration, texts } = await findChat(context)
    if (registration?.status !== 'active') return answerPress(context, texts.startFirst, { isAlert: true })
    answerPress(context)
    const keyboard = new Keyboard()
      .requestContact(texts.phoneShare)
      .row()
      .text(texts.phoneKeep)
      .resized()
      .oneTime()
    say(context, { name: 'phone', html: escapeHtml(texts.phoneAsk(context.shop.name)), keyboard })
  })

  inPrivate.on('message:contact', async (context) => {
    const { registration, texts } = await findChat(context)
    const { contact, forward_origin: forwardedFrom } = context.msg
    // A card of their own that is passed on may hold a number that is somebody else's by now.
    const isTheirs = contact.user_id === context.from.id && forwardedFrom === undefined
    const answer = (text: string) =>
      say(context, { name: 'phone', html: escapeHtml(text), keyboard: REMOVED })
    if (registration?.status !== 'active') return answer(texts.startFirst)
    // The button stays: it is what they are asked to use.
    if (!isTheirs) return say(context, { name: 'phone', html: escapeHtml(texts.phoneNotYours) })
    const phone = normalisePhone(contact.phone_number)
    if (phone === undefined) return answer(texts.phoneUnreadable)
    const isFound = await takePhone(context, registration, phone)
    answer(isFound ? texts.phoneFound(context.shop.name) : texts.phoneNoted)
  })

  inPrivate.on('message:text', async (context, next) => {
    if (!REFUSALS.has(context.msg.text)) return await next()
    const { texts } = await findChat(context)
    say(context, { name: 'phone', html: escapeHtml(texts.phoneKept), keyboard: REMOVED })
  })

  return composer
}

/** True when the shop knew somebody by this number, and this is that contact now. */
export async function takePhone(
  context: ChatContext,
  registration: FoundRegistration,
  phone: string,
): Promise<boolean> {
  const { database, shop } = context
  const current = await findLiveContact(database, shop.shopId, registration.contactId)
  if (current === undefined) return false
  const known = await findOnlyContact(database, shop.shopId, { phone, exceptId: current.id })
  const isMerged =
    known !== undefined && (await become(context, { current, contact: known, matchedBy: 'phone' }))
  const { id: contactId } = isMerged ? known : current
  await recordVerifiedPhone(database, shop.shopId, { contactId, phone })
  return isMerged
}
