import { wordingFor, PURPOSES, type WordingLocale } from '@postino/domain'
import { html, type Html, type Part } from './html.ts'
import { EN } from './texts/en.ts'
import { IT } from './texts/it.ts'
import type { Field, Status, Texts } from './texts/texts.ts'
import { UK } from './texts/uk.ts'

/** The words and forms of one page. */
export interface Page {
  texts: Texts
  locale: WordingLocale
  time: (value: string | null) => Part
  /** Rows of names and values; what is absent or empty is left out. */
  rows: (values: Partial<Record<Field, Part>>) => Html
  purposes: (purposes: readonly string[]) => string
  status: (status: string) => string
  kind: (kind: string) => string
}

const TEXTS: Record<WordingLocale, Texts> = { it: IT, en: EN, uk: UK }

/** For a person with this locale (BCP 47) and time zone (IANA); English for languages the page is not written in. */
export function createPage(person: { locale: string; timeZone: string | null }): Page {
  const locale = languageOf(person.locale)
  const texts = TEXTS[locale]
  const format = timeFormat(locale, person.timeZone)
  return {
    texts,
    locale,
    time: (value) => value && html`<time datetime="${value}">${format.format(new Date(value))}</time>`,
    rows: (values) =>
      html`<dl>
        ${entriesOf(values)
          .filter(([, value]) => isThere(value))
          .map(
            ([field, value]) =>
              html`<dt>${texts.fields[field]}</dt>
                <dd>${value}</dd> `,
          )}
      </dl>`,
    purposes: (purposes) => purposes.map((purpose) => titleOf(purpose, locale)).join(', '),
    status: (status) => (isStatus(status, texts) ? texts.statuses[status] : status),
    kind: (kind) => texts.kinds[kind] ?? kind,
  }
}

function languageOf(locale: string): WordingLocale {
  const [language = ''] = locale.toLowerCase().split('-')
  return language === 'it' || language === 'uk' ? language : 'en'
}

function timeFormat(locale: string, timeZone: string | null): Intl.DateTimeFormat {
  const form = { dateStyle: 'medium', timeStyle: 'long' } as const
  try {
    return new Intl.DateTimeFormat(locale, { ...form, timeZone: timeZone ?? 'UTC' })
  } catch {
    // A zone this machine does not know.
    return new Intl.DateTimeFormat(locale, { ...form, timeZone: 'UTC' })
  }
}

function entriesOf(values: Partial<Record<Field, Part>>): [Field, Part][] {
  // The keys are those of the type above, as every caller writes them out.
  return Object.entries(values) as [Field, Part][]
}

function isThere(value: Part): boolean {
  return value !== null && value !== undefined && value !== false && value !== '' && !isEmpty(value)
}

function isEmpty(value: Part): boolean {
  return Array.isArray(value) && value.length === 0
}

function titleOf(purpose: string, locale: WordingLocale): string {
  const known = PURPOSES.find((each) => each === purpose)
  return known === undefined ? purpose : wordingFor(known, locale).title
}

function isStatus(status: string, texts: Texts): status is Status {
  return Object.hasOwn(texts.statuses, status)
}
