import type { KeptWording } from '@postino/domain'
import { qrSvg, startLink } from '@postino/invitation'
import { PAPER_PLANE, TELEGRAM_LOGO, TICK } from '../markup/drawings.ts'
import { markup, ownMarkup, type Markup } from '../markup/markup.ts'
import type { PageAnswer } from '../page-request.ts'
import type { Visit } from '../visit.ts'
import { frameShopPage } from './shop-frame.ts'

export interface Invitation {
  botUsername: string
  /** Of the one-time link. */
  token: string
  expiresAt: Date
  /** What was ticked. */
  wordings: readonly KeptWording[]
  /** Where the choice is made anew. */
  again: string
  /** Where "Log in with Telegram" leads; undefined where there is none. */
  loginOrigin: string | undefined
}

/** The way into Telegram: a button, a code for whoever reads this on another screen, and what to do without the app. */
export async function invitationPage(visit: Visit, invitation: Invitation): Promise<PageAnswer> {
  const { texts } = visit
  const { invitation: words } = texts
  const { botUsername, token, expiresAt, wordings, again, loginOrigin } = invitation
  const link = startLink(botUsername, token)
  const main = markup`
<h1>${words.title}</h1>
<p>${words.chosen}</p>
${chosenList(wordings)}
<a class="button" href="${visit.addressOf(link)}" rel="noreferrer">${PAPER_PLANE}${words.open}</a>
<p class="soft">${words.valid(dateOf(visit, expiresAt))}</p>
<div class="ways">
<div><ol>${words.steps.map((step) => markup`<li>${step}</li>`)}</ol><p class="soft">${words.scan}</p></div>
<div class="code" role="img" aria-label="${words.codeLabel}">${ownMarkup(await qrSvg(link))}</div>
</div>
${loginOrigin === undefined ? undefined : loginForm(visit, token)}
<details><summary>${words.noApp}</summary>
<p>${words.noAppHelp}</p>
<p><a href="https://telegram.org/apps" rel="noreferrer">${words.getApp}</a> · <a href="https://web.telegram.org/" rel="noreferrer">${words.useBrowser}</a></p>
</details>
<p class="again"><a href="${again}">${words.again}</a></p>`
  return frameShopPage(visit, {
    title: `${words.title} · ${visit.name}`,
    main,
    formOrigin: loginOrigin,
    headers: { 'x-robots-tag': 'noindex' },
  })
}

/** What was ticked, each by its name. */
export function chosenList(wordings: readonly KeptWording[]): Markup {
  return markup`<ul class="chosen">${wordings.map(({ title }) => markup`<li>${TICK}<span>${title}</span></li>`)}</ul>`
}

function loginForm({ texts, home, name, language }: Visit, token: string): Markup {
  const { login } = texts
  return markup`<form class="login" method="post" action="${home}/login"><h2>${login.or}</h2>
<input type="hidden" name="token" value="${token}"><input type="hidden" name="lang" value="${language}">
<button class="button plain">${TELEGRAM_LOGO}${login.button}</button></form>
<p class="soft">${login.help(name)}</p>`
}

const REGIONS = { it: 'it-IT', en: 'en-GB', uk: 'uk-UA' } as const

/** In the shop's own time, which its customers mostly share. */
function dateOf({ language, page }: Visit, date: Date): string {
  const format = new Intl.DateTimeFormat(REGIONS[language], {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: page.timeZone,
  })
  return format.format(date)
}
