import type { IncomingMessage } from 'node:http'
import { findOptinLinkOffer, findOptinPage, type Database } from '@postino/database'
import type { Logger } from '@postino/runtime'
import type { BotMetrics } from '../metrics.ts'
import { createGate } from '../serve/create-gate.ts'
import { createVisitorLimits } from './limits/visitor-limits.ts'
import { createPageRequest, type PageAnswer, type PageRequest } from './page-request.ts'
import { findPlace, type PlaceOfPage } from './page-route.ts'
import { readForm } from './read-form.ts'
import { createVisitAnswer, type VisitAnswerDependencies } from './routes/answer-visit.ts'
import { noticePage } from './views/notice-view.ts'
import { createVisit } from './visit.ts'

/** The pages that everybody may open, below `/o/`. */
export interface Pages {
  /** Does not reject. */
  answer: (message: IncomingMessage) => Promise<PageAnswer>
}

export interface PagesDependencies extends Omit<VisitAnswerDependencies, 'limits'> {
  database: Database
  /** Where everybody finds the pages; undefined on a machine of one's own, where the address of the request counts. */
  publicUrl: string | undefined
  /** What opens links of Telegram's on such a machine; undefined: Telegram. */
  linkOpener?: string | undefined
  /** The header in which the operator's proxy names the visitor's address. */
  addressHeader: string | undefined
  metrics: BotMetrics
  logger: Logger
}

// Updates from Telegram need the same connections to Postgres: visitors take a part of them, however many they are.
const VISITS_AT_ONCE = 3
// These wait for Telegram most of their time, and hold no connection meanwhile.
const LOGINS_AT_ONCE = 50
const MAX_WAITING = 200
const RETRY_SECONDS = 30

export function createPages(dependencies: PagesDependencies): Pages {
  const { database, publicUrl, linkOpener, addressHeader, metrics, logger } = dependencies
  const url = publicUrl === undefined ? undefined : new URL(publicUrl)
  const basePath = url?.pathname.replace(/\/$/, '') ?? ''
  const answerVisit = createVisitAnswer({
    ...dependencies,
    limits: createVisitorLimits(() => performance.now()),
  })
  const visits = createGate(VISITS_AT_ONCE)
  const logins = createGate(LOGINS_AT_ONCE)
  let waiting = 0

  async function answer(message: IncomingMessage, request: PageRequest, place: PlaceOfPage | undefined) {
    if (place === undefined) return noticePage(request, { name: 'notFound' })
    const method = message.method === 'HEAD' ? 'GET' : message.method
    if (!place.methods.some((known) => known === method)) return methodNotAllowed(request, place)
    const form = method === 'POST' ? await readForm(message) : undefined
    if (typeof form === 'string') return noticePage(request, { name: form })
    if (waiting >= MAX_WAITING) return noticePage(request, { name: 'unavailable', retryAfter: RETRY_SECONDS })
    const isLogin = place.route.name === 'login' || place.route.name === 'callback'
    const gate = isLogin ? logins : visits
    waiting += 1
    try {
      return await gate(() => visit({ ...request, form }, place))
    } finally {
      waiting -= 1
    }
  }

  async function visit(request: PageRequest, { slug, route }: PlaceOfPage): Promise<PageAnswer> {
    const page = await findOptinPage(database, slug)
    if (page === undefined) return noticePage(request, { name: 'notFound' })
    const link =
      route.name === 'link' ? await findOptinLinkOffer(database, page.shopId, route.token) : undefined
    const wishes = [request.form?.get('lang'), request.query.get('lang'), link?.locale]
    return await answerVisit(createVisit(request, { page, basePath, linkOpener, wishes }), route, link)
  }

  return {
    async answer(message) {
      const request = createPageRequest(message, { publicOrigin: url?.origin, addressHeader })
      const place = findPlace(request.path)
      const name = place?.route.name ?? 'none'
      try {
        const answered = await answer(message, request, place)
        metrics.pageAnswered(name, answered.status)
        return answered
      } catch (error) {
        logger.error({ err: error, request: request.id, page: name }, 'page.failed')
        metrics.pageAnswered(name, 500)
        return noticePage(request, { name: 'failed' })
      }
    },
  }
}

function methodNotAllowed(request: PageRequest, { methods }: PlaceOfPage): PageAnswer {
  const allow = methods.includes('GET') ? [...methods, 'HEAD'] : methods
  const page = noticePage(request, { name: 'notUnderstood' })
  return { ...page, status: 405, headers: { ...page.headers, allow: allow.join(', ') } }
}
