import type { OptinPageBot } from '@postino/database'
import type { KeptWording } from '@postino/domain'
import { startLink } from '@postino/invitation'
import { PAPER_PLANE } from '../markup/drawings.ts'
import { markup } from '../markup/markup.ts'
import type { PageAnswer } from '../page-request.ts'
import type { Visit } from '../visit.ts'
import { chosenList } from './invitation-view.ts'
import { frameShopPage } from './shop-frame.ts'

/** Says what is agreed to now, and how to leave. */
export function loginDonePage(
  visit: Visit,
  { bot, wordings }: { bot: OptinPageBot; wordings: readonly KeptWording[] },
): PageAnswer {
  const { texts, name } = visit
  const { login } = texts
  return frameShopPage(visit, {
    title: `${login.doneTitle} · ${name}`,
    main: markup`
<h1>${login.doneTitle}</h1>
<p>${login.done(name)}</p>
${chosenList(wordings)}
<p>${login.leave}</p>
<a class="button" href="${visit.addressOf(startLink(bot.username))}" rel="noreferrer">${PAPER_PLANE}${login.openChat}</a>`,
    headers: { 'x-robots-tag': 'noindex' },
  })
}
