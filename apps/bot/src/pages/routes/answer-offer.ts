import { insertOptinLink, narrowOptinLink, type Database, type OptinPageBot } from '@postino/database'
import { wordingHash, type ConsentSource, type KeptWording, type Purpose } from '@postino/domain'
import type { VisitorLimits } from '../limits/visitor-limits.ts'
import { isFromOurPage, type PageAnswer } from '../page-request.ts'
import { formPage, pageVersion, type Form, type FormError } from '../views/form-view.ts'
import { invitationPage } from '../views/invitation-view.ts'
import { shopNoticePage } from '../views/notice-view.ts'
import { wordingsOf, type Visit } from '../visit.ts'

/** What a page offers: to anybody, or by a link that the shop has made for somebody. */
export interface Offer {
  bot: OptinPageBot
  purposes: readonly Purpose[]
  source: ConsentSource | undefined
  /** The shop's own link; without one each choice makes a new one. */
  link?: { token: string; expiresAt: Date }
}

export interface OfferDependencies {
  database: Database
  limits: VisitorLimits
  /** The origin of "Log in with Telegram" for this bot; undefined where there is none. */
  loginOriginOf: (bot: OptinPageBot) => string | undefined
}

// Long enough to get the app first, short enough for a link that lies about in a history.
const LINK_SECONDS = 86_400

/** Asks, and gives whoever has ticked something a link that opens the bot. Ticks decide what the bot asks, and grant nothing. */
export async function answerOffer(
  visit: Visit,
  offer: Offer,
  dependencies: OfferDependencies,
): Promise<PageAnswer> {
  const { request } = visit
  const form: Form = {
    botUsername: offer.bot.username,
    wordings: wordingsOf(visit, offer.purposes),
    source: offer.source,
    isPersonal: offer.link !== undefined,
  }
  // What another site sends in a visitor's name is no act of theirs.
  if (request.form === undefined || isFromOurPage(request) === false) return formPage(visit, form)
  const ticked = form.wordings.filter(({ id }) => request.form?.getAll('purpose').includes(id))
  const error = errorOf(request.form, ticked, pageVersion(visit, form))
  if (error !== undefined) return formPage(visit, { ...form, error })

  const retryAfter = dependencies.limits.take(request.address, visit.page.shopId)
  if (retryAfter !== undefined) return shopNoticePage(visit, { name: 'tooMany', retryAfter })
  const link = await keepChoice(visit, { offer, ticked, version: pageVersion(visit, form) }, dependencies)
  if (link === undefined) return shopNoticePage(visit, { name: 'linkUsed' })
  return await invitationPage(visit, {
    ...link,
    botUsername: offer.bot.username,
    wordings: ticked,
    again: backTo(visit, offer),
    loginOrigin: dependencies.loginOriginOf(offer.bot),
  })
}

function errorOf(
  form: URLSearchParams,
  ticked: readonly KeptWording[],
  version: string,
): FormError | undefined {
  if (form.get('version') !== version) return 'pageChanged'
  return ticked.length === 0 ? 'nothingTicked' : undefined
}

function backTo({ here, language }: Visit, { source }: Offer): string {
  const query = new URLSearchParams({ lang: language, ...(source !== undefined && { source }) })
  return `${here}?${query.toString()}`
}

/** Undefined when the shop's link has been used meanwhile. */
async function keepChoice(
  { page, request, language }: Visit,
  { offer, ticked, version }: { offer: Offer; ticked: readonly KeptWording[]; version: string },
  { database }: OfferDependencies,
): Promise<{ token: string; expiresAt: Date } | undefined> {
  const purposes = ticked.map(({ id }) => id)
  const evidence = {
    request_id: request.id,
    page_version: version,
    purposes,
    wordings: ticked.map(wordingHash),
  }
  if (offer.link !== undefined) {
    const choice = { token: offer.link.token, purposes, locale: language, evidence }
    return (await narrowOptinLink(database, page.shopId, choice)) ? offer.link : undefined
  }
  return await insertOptinLink(database, page.shopId, {
    botId: offer.bot.id,
    ...(page.groupId !== null && { groupId: page.groupId }),
    purposes,
    source: offer.source ?? 'web_form',
    locale: language,
    evidence,
    expiresInSeconds: LINK_SECONDS,
  })
}
