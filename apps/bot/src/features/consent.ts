import { insertConsents, type Database, type FoundRegistration } from '@postino/database'
import type { Purpose, Wording } from '@postino/domain'
import { wordingFor, wordingHash } from '@postino/domain'
import { escapeHtml } from '@postino/telegram'
import { Composer } from 'grammy'
import type { BotContext } from '../bot/bot-context.ts'
import { answerPress, say, type ChatContext } from '../bot/say.ts'
import {
  consentScreen,
  consentSummary,
  DONE_CALLBACK,
  findPurpose,
  GRANT_CALLBACK,
  WITHDRAW_CALLBACK,
  wordingShown,
  type Choices,
} from './consent-screen.ts'
import { evidenceOf } from './evidence.ts'
import { findChat, findChatById } from './find-chat.ts'

/**
 * The switches under the question, and `/settings`, which asks it again. A tap is the act that the ledger records. What a
 * button carries may be made up: nothing is granted that was not offered to this contact, in words that stand on screen.
 */
export function createConsent(dependencies: { database: Database }): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  const inPrivate = composer.chatType('private')

  inPrivate.command('settings', async (context) => {
    const { registration, language, texts } = await findChat(context)
    if (registration?.status !== 'active')
      return say(context, { name: 'start first', html: escapeHtml(texts.startFirst) })
    const choices = choicesOf(registration)
    say(context, {
      name: 'question',
      ...consentScreen({ shopName: context.shop.name, language, choices }),
    })
  })

  inPrivate.callbackQuery(GRANT_CALLBACK, async (context) => {
    const { registration, texts } = await findChat(context)
    if (registration?.status !== 'active') return answerPress(context, texts.startFirst, { isAlert: true })
    const wording = wordingShown(context.match)
    redraw(context, dependencies)
    if (wording === undefined) return answerPress(context, texts.wordsChanged, { isAlert: true })
    if (!registration.offeredPurposes.includes(wording.id)) return answerPress(context)
    await record(context, registration, { action: 'granted', wording })
    answerPress(context, `${texts.granted}: ${wording.title}`)
  })

  inPrivate.callbackQuery(WITHDRAW_CALLBACK, async (context) => {
    const { registration, language, texts } = await findChat(context)
    if (registration?.status !== 'active') return answerPress(context, texts.startFirst, { isAlert: true })
    const purpose = findPurpose(context.match[1])
    redraw(context, dependencies)
    if (purpose === undefined || !isKnownTo(registration, purpose)) return answerPress(context)
    const wording = wordingFor(purpose, language)
    await record(context, registration, { action: 'withdrawn', wording })
    answerPress(context, `${texts.withdrawn}: ${wording.title}`)
  })

  inPrivate.callbackQuery(DONE_CALLBACK, async (context) => {
    const { registration, language, texts } = await findChat(context)
    if (registration?.status !== 'active') return answerPress(context, texts.startFirst, { isAlert: true })
    const choices = choicesOf(registration)
    answerPress(context)
    say(context, {
      name: 'summary',
      html: consentSummary({ shopName: context.shop.name, language, choices }),
    })
  })

  return composer
}

async function record(
  context: ChatContext,
  registration: FoundRegistration,
  { action, wording }: { action: 'granted' | 'withdrawn'; wording: Wording },
): Promise<void> {
  const already = action === 'granted' ? registration.grantedPurposes : registration.withdrawnPurposes
  // Two taps on one switch before it was drawn anew are one decision.
  if (already.includes(wording.id)) return
  await insertConsents(context.database, context.shop.shopId, registration.contactId, [
    {
      purpose: wording.id,
      action,
      wording: { id: wording.id, version: wording.version, hash: wordingHash(wording) },
      locale: wording.locale,
      source: 'bot_dialog',
      actor: 'contact',
      evidence: evidenceOf(context),
    },
  ])
}

/** Draws the screen of the pressed button anew, with what the ledger says by then: of many taps only the last is seen. */
function redraw(context: ChatContext, { database }: { database: Database }): void {
  const { shop, chat, api, msgId, from, outbox } = context
  if (msgId === undefined) return
  const call = async () => {
    const place = { chatId: chat.id, appLanguage: from?.language_code }
    const { registration, language } = await findChatById(database, shop, place)
    if (registration?.status !== 'active') return
    const { html, keyboard } = consentScreen({
      shopName: shop.name,
      language,
      choices: choicesOf(registration),
    })
    await api.editMessageText(chat.id, msgId, html, { parse_mode: 'HTML', reply_markup: keyboard })
  }
  context.afterCommit(() => outbox.say({ chatId: chat.id, name: `screen ${msgId}`, call }))
}

function choicesOf({ offeredPurposes: offered, grantedPurposes: granted }: FoundRegistration): Choices {
  return { offered, granted }
}

function isKnownTo({ offeredPurposes, grantedPurposes }: FoundRegistration, purpose: Purpose): boolean {
  return offeredPurposes.includes(purpose) || grantedPurposes.includes(purpose)
}
