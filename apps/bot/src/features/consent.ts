import {
  findLiveContact,
  insertConsents,
  isTapOvertaken,
  recordWordings,
  type Database,
  type FoundRegistration,
} from '@postino/database'
import { wordingHash, wordingInForce, type KeptWording, type Purpose } from '@postino/domain'
import { escapeHtml } from '@postino/telegram'
import { Composer } from 'grammy'
import type { BotContext, ServedShop } from '../bot/bot-context.ts'
import { onCommand } from '../bot/on-command.ts'
import { answerPress, redraw, say, type ChatContext } from '../bot/say.ts'
import { ask, choicesOf } from './ask.ts'
import {
  consentScreen,
  consentSummary,
  DONE_CALLBACK,
  findPurpose,
  GRANT_CALLBACK,
  WITHDRAW_CALLBACK,
  wordingShown,
} from './consent-screen.ts'
import { evidenceOf, evidenceOfTap } from './evidence.ts'
import { findChat, findChatById } from './find-chat.ts'

/**
 * The switches under the question, and `/settings`, which asks it again. A tap is the act that the ledger records. What a
 * button carries may be made up: nothing is granted that was not offered to this contact, in words that stand on screen.
 */
export function createConsent({ database }: { database: Database }): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  const inPrivate = composer.chatType('private')

  onCommand(composer, 'settings', async (context) => {
    const { registration, texts } = await findChat(context)
    if (registration?.status === 'active') return await ask(context)
    say(context, { name: 'start first', html: escapeHtml(texts.startFirst) })
  })

  inPrivate.callbackQuery(GRANT_CALLBACK, async (context) => {
    const { registration, texts } = await findChat(context)
    if (registration?.status !== 'active') return answerPress(context, texts.startFirst, { isAlert: true })
    const wording = wordingShown(context.match, context.shop.wordings)
    drawAnew(context, database)
    if (wording === undefined) return answerPress(context, texts.wordsChanged, { isAlert: true })
    if (!registration.offeredPurposes.includes(wording.id)) return answerPress(context)
    if (!(await record(context, registration, { action: 'granted', wording }))) return answerPress(context)
    answerPress(context, `${texts.granted}: ${wording.title}`)
  })

  inPrivate.callbackQuery(WITHDRAW_CALLBACK, async (context) => {
    const { registration, language, texts } = await findChat(context)
    if (registration?.status !== 'active') return answerPress(context, texts.startFirst, { isAlert: true })
    const purpose = findPurpose(context.match[1])
    drawAnew(context, database)
    if (purpose === undefined || !isShown(context.shop, registration, purpose)) return answerPress(context)
    const wording = wordingInForce(context.shop.wordings, purpose, language)
    if (!(await record(context, registration, { action: 'withdrawn', wording }))) return answerPress(context)
    answerPress(context, `${texts.withdrawn}: ${wording.title}`)
  })

  inPrivate.callbackQuery(DONE_CALLBACK, async (context) => {
    const { registration, language, texts } = await findChat(context)
    if (registration?.status !== 'active') return answerPress(context, texts.startFirst, { isAlert: true })
    const { shop } = context
    answerPress(context)
    say(context, {
      name: 'summary',
      html: consentSummary({ shop, language, choices: choicesOf(shop, registration) }),
    })
  })

  return composer
}

/** False when something newer has decided about this purpose already. */
async function record(
  context: ChatContext,
  registration: FoundRegistration,
  { action, wording }: { action: 'granted' | 'withdrawn'; wording: KeptWording },
): Promise<boolean> {
  const { shop, update, database } = context
  const registrationId = registration.id
  // Another chat of the same person may be making them one with another contact at this moment.
  const contact = await findLiveContact(database, shop.shopId, registration.contactId)
  if (contact === undefined) return false
  const { id: contactId } = contact
  const tap = { action, purpose: wording.id, botId: shop.botId, updateId: update.update_id }
  if (await isTapOvertaken(database, shop.shopId, { ...tap, registrationId, contactId })) return false
  const already = action === 'granted' ? registration.grantedPurposes : registration.withdrawnPurposes
  // Two taps on one switch before it was drawn anew are one decision.
  if (contactId === registration.contactId && already.includes(wording.id)) return true
  await recordWordings(database, shop.shopId, [wording])
  await insertConsents(database, shop.shopId, contactId, [
    {
      purpose: wording.id,
      action,
      wording: { id: wording.id, version: wording.version, hash: wordingHash(wording) },
      locale: wording.locale,
      source: 'bot_dialog',
      actor: 'contact',
      evidence: action === 'granted' ? await evidenceOfTap(context, registrationId) : evidenceOf(context),
    },
  ])
  return true
}

function drawAnew(context: ChatContext, database: Database): void {
  const { shop, chat, from } = context
  redraw(context, async () => {
    const place = { chatId: chat.id, appLanguage: from?.language_code }
    const { registration, language } = await findChatById(database, shop, place)
    if (registration?.status !== 'active') return undefined
    return consentScreen({ shop, language, choices: choicesOf(shop, registration) })
  })
}

function isShown(shop: ServedShop, registration: FoundRegistration, purpose: Purpose): boolean {
  const { offered, granted, byContract } = choicesOf(shop, registration)
  return [...offered, ...granted, ...byContract].includes(purpose)
}
