import type { OptinPage, OptinPageBot } from '@postino/database'
import { PURPOSES, wordingInForce, type KeptWording, type Purpose, type WordingLocale } from '@postino/domain'
import type { PageRequest } from './page-request.ts'
import { choosePageLanguage, readAcceptLanguage } from './texts/choose-page-language.ts'
import { findPageTexts } from './texts/find-page-texts.ts'
import type { PageTexts } from './texts/page-texts.ts'

/** A request for one shop's pages, and all that is needed to answer it. */
export interface Visit {
  request: PageRequest
  page: OptinPage
  /** The path of the shop's page. */
  home: string
  /** The path that was asked for. */
  here: string
  language: WordingLocale
  texts: PageTexts
  /** The shop's, as the page shows it. */
  name: string
  /** Undefined while the shop has none that is served. */
  bot: OptinPageBot | undefined
  /** What a button leads to that opens this link of Telegram's. */
  addressOf: (link: string) => string
}

export interface VisitOptions {
  page: OptinPage
  /** What stands before /o/ in the address. */
  basePath: string
  /** What opens links in Telegram's place; the link follows it, encoded. */
  linkOpener: string | undefined
  /** Languages that come before the browser's. */
  wishes: readonly (string | null | undefined)[]
}

export function createVisit(request: PageRequest, options: VisitOptions): Visit {
  const { page, basePath, linkOpener, wishes } = options
  const { settings } = page
  const [first = 'en', ...others] = settings.locales
  const language = choosePageLanguage(
    [first, ...others],
    [...wishes, ...readAcceptLanguage(request.headers['accept-language']), page.locale],
  )
  const bot = page.bots.find(({ username }) => isSameName(username, settings.bot)) ?? page.bots[0]
  return {
    request,
    page,
    home: `${basePath}/o/${page.slug}`,
    here: `${basePath}${request.path}`,
    language,
    texts: findPageTexts(language),
    name: settings.name ?? page.name,
    bot,
    addressOf: (link) => (linkOpener === undefined ? link : `${linkOpener}${encodeURIComponent(link)}`),
  }
}

/** The same visit in the language it was begun in; another one when the page does not speak that any more. */
export function inLanguage(visit: Visit, wanted: string): Visit {
  const language = visit.page.settings.locales.find((locale) => locale === wanted) ?? visit.language
  return { ...visit, language, texts: findPageTexts(language) }
}

/** The words a visitor reads for these purposes, in the order of the purposes. */
export function wordingsOf({ page, language }: Visit, purposes: readonly Purpose[]): KeptWording[] {
  return PURPOSES.filter((purpose) => purposes.includes(purpose)).map((purpose) =>
    wordingInForce(page.wordings, purpose, language),
  )
}

function isSameName(username: string, wanted: string | undefined): boolean {
  return wanted !== undefined && username.toLowerCase() === wanted.toLowerCase()
}
