import { optinPageSchema, WORDING_LOCALES, type WordingLocale } from '@postino/domain'
import { markup } from '../markup/markup.ts'
import { framePage } from '../markup/page-frame.ts'
import type { PageAnswer, PageRequest } from '../page-request.ts'
import { choosePageLanguage, readAcceptLanguage } from '../texts/choose-page-language.ts'
import { findPageTexts } from '../texts/find-page-texts.ts'
import type { NoticeName } from '../texts/page-texts.ts'
import type { Visit } from '../visit.ts'
import { frameShopPage } from './shop-frame.ts'

const STATUSES: Record<NoticeName, number> = {
  notFound: 404,
  linkUsed: 410,
  linkExpired: 410,
  unavailable: 503,
  tooMany: 429,
  notUnderstood: 400,
  tooLarge: 413,
  failed: 500,
  loginFailed: 400,
  loginCancelled: 200,
}

interface Notice {
  name: NoticeName
  /** Seconds, for those who come too early or too often. */
  retryAfter?: number
}

/** Says why there is no page, and shows nothing of any shop. */
export function noticePage(request: PageRequest, notice: Notice): PageAnswer {
  const wishes = [request.query.get('lang'), ...readAcceptLanguage(request.headers['accept-language']), 'en']
  const language: WordingLocale = choosePageLanguage(WORDING_LOCALES, wishes)
  const { title, text } = findPageTexts(language).notices[notice.name]
  return framePage({
    status: STATUSES[notice.name],
    language,
    title,
    colors: optinPageSchema.parse({}),
    main: markup`<h1>${title}</h1><p>${text}</p>`,
    headers: headersOf(notice),
  })
}

/** The same to somebody who is on a shop's page already. */
export function shopNoticePage(visit: Visit, notice: Notice & { backPath?: string }): PageAnswer {
  const { texts, language } = visit
  const { title, text } = texts.notices[notice.name]
  const { backPath } = notice
  const back =
    backPath === undefined
      ? undefined
      : markup`<p><a href="${backPath}?lang=${language}">${texts.privacy.back}</a></p>`
  return frameShopPage(visit, {
    status: STATUSES[notice.name],
    title: `${title} · ${visit.name}`,
    main: markup`<h1>${title}</h1><p>${text}</p>${back}`,
    headers: headersOf(notice),
  })
}

function headersOf({ retryAfter }: Notice): Record<string, string> {
  return {
    'x-robots-tag': 'noindex',
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
  }
}
