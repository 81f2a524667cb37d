import { mayRestOnContract, PURPOSES } from '@postino/domain'
import { markup, type Markup } from '../markup/markup.ts'
import type { PageAnswer } from '../page-request.ts'
import { wordingsOf, type Visit } from '../visit.ts'
import type { RetainedKind } from '../texts/page-texts.ts'
import { frameShopPage } from './shop-frame.ts'

/** Days; 0: without end. */
export type Retention = Readonly<Record<RetainedKind, number>>

/** What a shop keeps of those it writes to, what for, how long, and how they stay in charge. */
export function privacyPage(visit: Visit, retention: Retention): PageAnswer {
  const { texts, page, name, home, here, language, bot } = visit
  const { privacy } = texts
  const main = markup`
<h1>${privacy.title(name)}</h1>
<p>${privacy.intro(name)}</p>
<h2>${privacy.whoTitle}</h2>
<p>${privacy.who(name)} ${page.supportContact === null ? undefined : privacy.contact(page.supportContact)}</p>
<h2>${privacy.whatTitle}</h2>
${list(privacy.what)}
<h2>${privacy.whyTitle}</h2>
<p>${privacy.why(name)}</p>
${purposes(visit)}
<h2>${privacy.howLongTitle}</h2>
${list(periods(visit, retention))}
<h2>${privacy.rightsTitle}</h2>
${list(privacy.rights)}
<h2>${privacy.othersTitle}</h2>
<p>${privacy.telegram} <a href="https://telegram.org/privacy" rel="noreferrer">${privacy.telegramPolicy}</a></p>
${ownPolicy(visit)}
${bot === undefined || !page.isPublished ? undefined : markup`<p><a href="${home}?lang=${language}">${privacy.back}</a></p>`}`
  return frameShopPage(visit, {
    title: privacy.title(name),
    main,
    languagePath: here,
    hasPrivacyLink: false,
  })
}

function list(items: readonly string[]): Markup {
  return markup`<ul>${items.map((item) => markup`<li>${item}</li>`)}</ul>`
}

const RETAINED = [
  'eventData',
  'messageContent',
  'trail',
  'consentVisitors',
  'consentDetails',
] as const satisfies RetainedKind[]

function periods({ texts, language }: Visit, retention: Retention): string[] {
  const { howLong } = texts.privacy
  const lines = RETAINED.map((kind) => howLong[kind](periodOf(language, retention[kind]) ?? howLong.noEnd))
  return [...lines, howLong.account]
}

const YEAR_DAYS = 365

/** In years where it comes out even; undefined without end. */
function periodOf(language: string, days: number): string | undefined {
  if (days === 0) return undefined
  const isYears = days % YEAR_DAYS === 0
  const unit = { style: 'unit', unit: isYears ? 'year' : 'day', unitDisplay: 'long' } as const
  return new Intl.NumberFormat(language, unit).format(isYears ? days / YEAR_DAYS : days)
}

/** Each purpose by its name, with its words and what it rests on. */
function purposes(visit: Visit): Markup {
  const { page, texts } = visit
  const items = wordingsOf(visit, PURPOSES).map(({ id, title, text }) => {
    const isContract = mayRestOnContract(id) && page.contractPurposes.includes(id)
    const basis = isContract ? texts.privacy.contract : texts.privacy.consent
    return markup`<dt>${title}</dt><dd>${text} ${basis}</dd>`
  })
  return markup`<dl>${items}</dl>`
}

function ownPolicy({ page, texts, name }: Visit): Markup | undefined {
  if (page.privacyUrl === null) return undefined
  const { policyTitle, policy } = texts.privacy
  return markup`<h2>${policyTitle}</h2><p><a href="${page.privacyUrl}" rel="noreferrer">${policy(name)}</a></p>`
}
