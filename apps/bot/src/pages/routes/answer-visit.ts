import type { Database, OptinLinkOffer, OptinPageBot } from '@postino/database'
import { createEmbedScript } from '../embed/embed-script.ts'
import type { VisitorLimits } from '../limits/visitor-limits.ts'
import type { PageAnswer } from '../page-request.ts'
import type { PageRoute } from '../page-route.ts'
import { noticePage, shopNoticePage } from '../views/notice-view.ts'
import { privacyPage, type Retention } from '../views/privacy-view.ts'
import type { Visit } from '../visit.ts'
import { answerOffer } from './answer-offer.ts'
import { counterCode } from './counter-code.ts'
import { readSource } from './read-source.ts'

/** "Log in with Telegram", as far as pages know it. */
export interface PageLogin {
  /** Where a bot's log-in leads; undefined when the bot has none. */
  originOf(bot: OptinPageBot): string | undefined
  /** Sends the visitor to Telegram. */
  begin(visit: Visit): Promise<PageAnswer>
  /** Takes up who comes back from there. */
  finish(visit: Visit): Promise<PageAnswer>
}

export interface VisitAnswerDependencies {
  database: Database
  limits: VisitorLimits
  /** What the privacy page tells. */
  retention: Retention
  /** Undefined when the operator has not switched it on. */
  login: PageLogin | undefined
}

/** Answers a visit to one place of a shop's pages. */
export function createVisitAnswer(dependencies: VisitAnswerDependencies) {
  const { login, retention } = dependencies
  const embedScript = createEmbedScript()
  const loginOriginOf = (bot: OptinPageBot) => login?.originOf(bot)

  async function answerHome(visit: Visit): Promise<PageAnswer> {
    const { bot, page, request } = visit
    if (bot === undefined) return shopNoticePage(visit, { name: 'unavailable', retryAfter: 300 })
    const source = readSource(request.form?.get('source') ?? request.query.get('source'))
    const offer = { bot, purposes: page.settings.purposes, source }
    return await answerOffer(visit, offer, { ...dependencies, loginOriginOf })
  }

  async function answerLink(
    visit: Visit,
    token: string,
    link: OptinLinkOffer | undefined,
  ): Promise<PageAnswer> {
    const { page, request } = visit
    if (link === undefined) return noticePage(request, { name: 'notFound' })
    if (link.status === 'used') return shopNoticePage(visit, { name: 'linkUsed' })
    if (link.status !== 'open') return shopNoticePage(visit, { name: 'linkExpired' })
    const bot = page.bots.find(({ id }) => id === link.botId)
    if (bot === undefined) return shopNoticePage(visit, { name: 'unavailable', retryAfter: 300 })
    const offer = {
      bot,
      purposes: link.offered,
      source: undefined,
      link: { token, expiresAt: link.expiresAt },
    }
    return await answerOffer(visit, offer, { ...dependencies, loginOriginOf })
  }

  return async function answerVisit(
    visit: Visit,
    route: PageRoute,
    link: OptinLinkOffer | undefined,
  ): Promise<PageAnswer> {
    const { request, page } = visit
    const isHidden = !page.isPublished && ['home', 'embed', 'code'].includes(route.name)
    if (isHidden) return noticePage(request, { name: 'notFound' })
    switch (route.name) {
      case 'home':
        return await answerHome(visit)
      case 'link':
        return await answerLink(visit, route.token, link)
      case 'privacy':
        return privacyPage(visit, retention)
      case 'embed':
        return embedScript(visit)
      case 'code':
        return await counterCode(visit, route.form)
      case 'login':
        return (await login?.begin(visit)) ?? noticePage(request, { name: 'notFound' })
      case 'callback':
        return (await login?.finish(visit)) ?? noticePage(request, { name: 'notFound' })
    }
  }
}
