import { markup, type Markup } from '../markup/markup.ts'
import { framePage, type PageFrame } from '../markup/page-frame.ts'
import type { PageAnswer } from '../page-request.ts'
import { findPageTexts } from '../texts/find-page-texts.ts'
import type { Visit } from '../visit.ts'

export interface ShopFrame extends Pick<PageFrame, 'title' | 'main' | 'status' | 'formOrigin' | 'headers'> {
  /** Where the page is to be had in another language; it stands alone when left out. */
  languagePath?: string
  hasPrivacyLink?: boolean
}

/** A page of a shop: its name and logo above, its languages, what is kept below. */
export function frameShopPage(visit: Visit, frame: ShopFrame): PageAnswer {
  const { page, language, texts, home, name } = visit
  const { languagePath, hasPrivacyLink = true, ...rest } = frame
  const { logo_url: logoUrl } = page.settings
  const logo =
    logoUrl === undefined
      ? undefined
      : markup`<img src="${logoUrl}" alt="" referrerpolicy="no-referrer" decoding="async">`
  return framePage({
    ...rest,
    language,
    colors: page.settings,
    logoUrl,
    header: markup`<p class="shop">${logo}${name}</p>${languagePath === undefined ? undefined : languageLinks(visit, languagePath)}`,
    ...(hasPrivacyLink && {
      footer: markup`<a href="${home}/privacy?lang=${language}">${texts.privacyLink}</a>`,
    }),
  })
}

function languageLinks({ page, request, language, texts }: Visit, path: string): Markup | undefined {
  const { locales } = page.settings
  if (locales.length < 2) return undefined
  const query = new URLSearchParams(request.query)
  const links = locales.map((locale) => {
    query.set('lang', locale)
    const current = locale === language ? markup` aria-current="true"` : undefined
    return markup`<li><a href="${path}?${query.toString()}" lang="${locale}" hreflang="${locale}"${current}>${findPageTexts(locale).languageName}</a></li>`
  })
  return markup`<nav aria-label="${texts.languages}"><ul>${links}</ul></nav>`
}
