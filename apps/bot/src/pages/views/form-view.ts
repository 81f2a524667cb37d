import { createHash } from 'node:crypto'
import { canonicalJson, wordingHash, type KeptWording } from '@postino/domain'
import { PAPER_PLANE, TELEGRAM_LOGO } from '../markup/drawings.ts'
import { markup, type Markup } from '../markup/markup.ts'
import type { PageAnswer } from '../page-request.ts'
import type { Visit } from '../visit.ts'
import { frameShopPage } from './shop-frame.ts'

export type FormError = 'nothingTicked' | 'pageChanged'

export interface Form {
  /** Of the bot that is going to write. */
  botUsername: string
  wordings: readonly KeptWording[]
  /** Where the visitor comes from, if the address says so. */
  source?: string | undefined
  error?: FormError | undefined
  /** The address is one person's: no search engine should know it. */
  isPersonal: boolean
}

/** The question: a box for each purpose, none ticked, with its words; beside them the channel's name and logo. */
export function formPage(visit: Visit, form: Form): PageAnswer {
  const { texts, here, language } = visit
  const { wordings, source, error } = form
  const words = wordsOf(visit, form)
  const main = markup`
<h1>${words.title}</h1>
<p>${words.intro}</p>
<div class="channel">${TELEGRAM_LOGO}<p>${words.writer}</p></div>
<form method="post" action="${here}" autocomplete="off">
<input type="hidden" name="lang" value="${language}">
<input type="hidden" name="version" value="${pageVersion(visit, form)}">
${source === undefined ? undefined : markup`<input type="hidden" name="source" value="${source}">`}
<fieldset${error === undefined ? undefined : markup` aria-describedby="error"`}>
<legend><span>${words.question}</span><span class="mark">${TELEGRAM_LOGO}${texts.channel}</span></legend>
${error === undefined ? undefined : markup`<p class="error" id="error" role="alert">${texts[error]}</p>`}
${wordings.map((wording, index) => box(wording, error !== undefined && index === 0))}
</fieldset>
<button class="button">${PAPER_PLANE}${words.button}</button>
<p class="soft">${words.confirmation}</p>
</form>`
  return frameShopPage(visit, {
    status: error === undefined ? 200 : 422,
    title: error === undefined ? words.title : `${texts.errorTitle} · ${words.title}`,
    main,
    languagePath: here,
    ...(form.isPersonal && { headers: { 'x-robots-tag': 'noindex' } }),
  })
}

/**
 * Which page somebody has read: all its words in one short hash, for the ledger. Sent along with the form, it also tells when the
 * words have changed since.
 */
export function pageVersion(visit: Visit, form: Pick<Form, 'botUsername' | 'wordings'>): string {
  const read = { ...wordsOf(visit, form), language: visit.language, wordings: form.wordings.map(wordingHash) }
  return createHash('sha256').update(canonicalJson(read)).digest('hex').slice(0, 16)
}

function wordsOf({ texts, page, language, name }: Visit, { botUsername }: Pick<Form, 'botUsername'>) {
  const own = page.settings.texts[language]
  return {
    title: own?.title ?? texts.title(name),
    intro: own?.intro ?? texts.intro(name),
    button: own?.button ?? texts.submit,
    writer: texts.writer(name, botUsername),
    question: texts.question,
    confirmation: texts.confirmation,
  }
}

/** With an error the first box has the focus, and says what is wrong to those who hear the page. */
function box({ id, title, text }: KeptWording, isFirstWrong: boolean): Markup {
  const description = isFirstWrong ? `error text-${id}` : `text-${id}`
  const wrong = isFirstWrong ? markup` aria-invalid="true" autofocus` : undefined
  return markup`<label class="choice"><input type="checkbox" name="purpose" value="${id}" aria-labelledby="title-${id}" aria-describedby="${description}"${wrong}><strong id="title-${id}">${title}</strong><span id="text-${id}">${text}</span></label>
`
}
