import { insertConsents } from '@postino/database'
import { PURPOSES, wordingFor, wordingHash, type Purpose } from '@postino/domain'
import { Composer } from 'grammy'
import type { BotContext } from '../bot-context.ts'
import { CONSENT_CALLBACK, CONSENT_DONE_CALLBACK, consentScreen, consentSummary } from '../consent-screen.ts'
import { findChat } from '../find-chat.ts'
import type { Redraw } from '../redraw.ts'

/** The switches under the question, and `/settings`, which asks it again. A tap is the act that the ledger records. */
export function createConsent({ redraw }: { redraw: Redraw }): Composer<BotContext> {
  const composer = new Composer<BotContext>()

  composer.chatType('private').command('settings', async (context) => {
    const { registration, language, texts } = await findChat(context, context.chat.id)
    if (registration?.status !== 'active') return context.afterCommit(() => context.reply(texts.startFirst))
    const { html, keyboard } = consentScreen({
      shopName: context.shop.name,
      language,
      offered: registration.offeredPurposes,
      granted: registration.grantedPurposes,
    })
    context.afterCommit(() => context.reply(html, { parse_mode: 'HTML', reply_markup: keyboard }))
  })

  composer.callbackQuery(CONSENT_CALLBACK, async (context) => {
    const [, action, name] = context.match
    const purpose = PURPOSES.find((known) => known === name)
    const { registration, language, texts } = await findChat(context, context.from.id)
    const isOffered = purpose !== undefined && registration?.offeredPurposes.includes(purpose)
    if (registration?.status !== 'active' || purpose === undefined || isOffered !== true) {
      return context.afterCommit(() =>
        context.answerCallbackQuery({ text: texts.startFirst, show_alert: true }),
      )
    }

    const isGrant = action === 'grant'
    const wording = wordingFor(purpose, language)
    await insertConsents(context.database, context.shop.shopId, registration.contactId, [
      {
        purpose,
        action: isGrant ? 'granted' : 'withdrawn',
        wording: { id: wording.id, version: wording.version, hash: wordingHash(wording) },
        locale: language,
        source: 'bot_dialog',
        actor: 'contact',
        evidence: { update_id: context.update.update_id, callback_query_id: context.callbackQuery.id },
      },
    ])
    const others: Purpose[] = registration.grantedPurposes.filter((granted) => granted !== purpose)
    const { html, keyboard } = consentScreen({
      shopName: context.shop.name,
      language,
      offered: registration.offeredPurposes,
      granted: isGrant ? [...others, purpose] : others,
    })
    const toast = `${isGrant ? texts.granted : texts.withdrawn}: ${wording.title}`
    context.afterCommit(() => context.answerCallbackQuery({ text: toast.slice(0, 200) }))
    const messageId = context.callbackQuery.message?.message_id
    const edit = () => context.editMessageText(html, { parse_mode: 'HTML', reply_markup: keyboard })
    context.afterCommit(async () => redraw(`${context.shop.botId}:${context.from.id}:${messageId}`, edit))
  })

  composer.callbackQuery(CONSENT_DONE_CALLBACK, async (context) => {
    const { registration, language, texts } = await findChat(context, context.from.id)
    if (registration?.status !== 'active') {
      return context.afterCommit(() =>
        context.answerCallbackQuery({ text: texts.startFirst, show_alert: true }),
      )
    }
    const summary = consentSummary({
      shopName: context.shop.name,
      language,
      granted: registration.grantedPurposes,
    })
    context.afterCommit(() => context.answerCallbackQuery())
    context.afterCommit(() => context.reply(summary, { parse_mode: 'HTML' }))
  })

  return composer
}
